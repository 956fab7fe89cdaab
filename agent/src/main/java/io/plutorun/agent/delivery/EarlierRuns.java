package io.plutorun.agent.delivery;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.journal.JournalStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Delivers what earlier processes have left in the same folder, if anything, once, on a thread of its own that ends with it: when the first run has
 * started, since then the server is there. Bounded, so that a folder of thousands does not keep a short training's JVM busy; what is left
 * then is for {@code sync}.
 */
public final class EarlierRuns {

    private static final int MAX_JOURNALS = 200;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    private final PlutoApi api;
    private final JournalStore store;
    private final String server;
    private final boolean keep;
    private final Console console;
    private final AtomicBoolean begun = new AtomicBoolean();

    public EarlierRuns(PlutoApi api, JournalStore store, String server, boolean keep, Console console) {
        this.api = api;
        this.store = store;
        this.server = server;
        this.keep = keep;
        this.console = console;
    }

    /** Begins, the first time. */
    public void begin() {
        if (begun.compareAndSet(false, true)) {
            List<Path> journals = earlier();
            if (!journals.isEmpty()) {
                new AgentThreads("sync").newThread(() -> deliver(journals)).start();
            }
        }
    }

    private List<Path> earlier() {
        try {
            return store.earlierJournals();
        } catch (IOException | RuntimeException e) {
            failed(e);
            return List.of();
        }
    }

    private void deliver(List<Path> journals) {
        try {
            int delivered = 0;
            int left = 0;
            Replay replay = new Replay(api, server, REQUEST_TIMEOUT, keep);
            for (Path journal : journals.subList(0, Math.min(MAX_JOURNALS, journals.size()))) {
                Replay.Result result = replay.deliver(journal);
                if (result instanceof Replay.Result.Delivered) {
                    delivered++;
                } else if (result instanceof Replay.Result.Left reason) {
                    left++;
                    console.warn("an earlier run is still only in " + journal + ": " + reason.why());
                    if (reason.serverAway()) {
                        break;
                    }
                }
            }
            if (delivered > 0 || left > 0) {
                console.info(delivered + " earlier " + (delivered == 1 ? "run" : "runs") + " delivered from "
                        + store.folder()
                        + (left > 0 ? ", " + left + " left; try: java -jar pluto-agent.jar sync" : ""));
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(Exception e) {
        console.warn("earlier runs could not be looked for in " + store.folder() + " (" + e + ")");
    }
}
