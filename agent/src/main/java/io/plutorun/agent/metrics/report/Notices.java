package io.plutorun.agent.metrics.report;

import io.plutorun.agent.metrics.report.Notice.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Collects what a person should be told, each thing once. For any thread: those of the program put in, the agent's take out. */
public final class Notices {

    /** How many different things of a run are told. A program that makes up names would fill the screen, and the memory. */
    private static final int MAX = 100;

    private final Set<Notice> told = ConcurrentHashMap.newKeySet();
    private final Queue<Notice> waiting = new ConcurrentLinkedQueue<>();

    /** Tells this once. */
    public void tell(Kind kind, String given, String used) {
        Notice notice = new Notice(kind, Notice.shortened(given), Notice.shortened(used));
        if (told.size() < MAX && told.add(notice)) {
            waiting.add(notice);
        }
    }

    /** What was told since the last time. */
    public List<Notice> take() {
        List<Notice> taken = new ArrayList<>();
        for (Notice notice = waiting.poll(); notice != null; notice = waiting.poll()) {
            taken.add(notice);
        }
        return taken;
    }
}
