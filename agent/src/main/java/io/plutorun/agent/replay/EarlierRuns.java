package io.plutorun.agent.replay;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.journal.JournalStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what earlier processes have left in the same folder, if anything, once, on threads of its own that end with it: when the first
 * run has started, since then the server is there. Bounded, so that a folder of thousands does not keep a short training's JVM busy; what
 * is left then is for {@code sync}.
 */
public final class EarlierRuns {

    /** How many are tried. A journal that is for another server, or in use, does not count. */
    private static final int MAX_TRIED = 200;

    /** How many are delivered at once: the training's own runs go first. */
    private static final int AT_ONCE = 4;

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    /** How long the JVM's end waits for what must not be left half done: four short requests. */
    private static final Duration MAX_WAIT_AT_THE_END = Duration.ofSeconds(2);

    private final PlutoApi api;
    private final JournalStore store;
    private final String server;
    private final boolean keep;
    private final Console console;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final LookUps lookUps = new LookUps();

    public EarlierRuns(PlutoApi api, JournalStore store, String server, boolean keep, Console console) {
        this.api = api;
        this.store = store;
        this.server = server;
        this.keep = keep;
        this.console = console;
    }

    /** Begins, the first time. Does not wait for the disk. */
    public void begin() {
        if (begun.compareAndSet(false, true)) {
            JournalStore.beginLookingBack(); // at once: the first run may have ended when the thread comes to its turn
            boolean started = false;
            try {
                new AgentThreads("sync").newThread(this::deliver).start();
                started = true;
            } finally {
                if (!started) {
                    JournalStore.endLookingBack();
                }
            }
        }
    }

    /** The JVM ends: what is not delivered is left, but no run is left in a state that is not its own. */
    public void finish(Duration atMost) {
        lookUps.end(atMost.compareTo(MAX_WAIT_AT_THE_END) < 0 ? atMost : MAX_WAIT_AT_THE_END);
    }

    private void deliver() {
        try {
            Counts counts = new Counts();
            store.removeOldProbes();
            Replay replay = new Replay(api, server, REQUEST_TIMEOUT, keep, line -> {}, lookUps);
            new BatchReplay(replay, AT_ONCE, MAX_TRIED).deliver(store.earlierJournals(), counts);
            if (!lookUps.haveEnded()) { // else all that was not tried would be told as left
                counts.tell();
            }
        } catch (IOException | RuntimeException e) {
            console.warn("earlier runs could not be looked for in " + store.folder() + " (" + e + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            JournalStore.endLookingBack();
        }
    }

    /** One line in all, however many journals there are. */
    private final class Counts implements BatchReplay.Listener {

        private int delivered;
        private int left;
        private int setAside;
        private @Nullable String firstReason;

        @Override
        public void result(Path journal, ReplayResult result) {
            if (result instanceof ReplayResult.Delivered) {
                delivered++;
            } else if (result instanceof ReplayResult.Left reason) {
                left++;
                note(journal, reason.why());
            } else if (result instanceof ReplayResult.SetAside reason) {
                setAside++;
                note(journal, reason.why());
            }
        }

        private void note(Path journal, String why) {
            firstReason = firstReason == null ? journal.getFileName() + ": " + why : firstReason;
        }

        void tell() {
            if (delivered + left + setAside == 0) {
                return;
            }
            StringBuilder line = new StringBuilder();
            line.append(delivered).append(delivered == 1 ? " earlier run" : " earlier runs");
            line.append(" delivered from ").append(store.folder());
            if (left > 0) {
                line.append(", ").append(left).append(" left; try: java -jar pluto-agent.jar sync");
            }
            if (setAside > 0) {
                line.append(", ").append(setAside).append(" set aside, since they can't be delivered; try: ");
                line.append("java -jar pluto-agent.jar sync --retry");
            }
            if (firstReason == null) {
                console.info(line.toString());
            } else {
                console.warn(line.append(" (").append(firstReason).append(")").toString());
            }
        }
    }
}
