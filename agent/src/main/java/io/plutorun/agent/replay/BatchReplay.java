package io.plutorun.agent.replay;

import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.journal.JournalContents;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.SiblingJournals;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Delivers many journals, several at once, the journals of one run in their order. Holds a bounded number of them in memory. When the
 * server is away, or rejects the key, the rest is not tried.
 */
public final class BatchReplay {

    private final Replay replay;
    private final int atOnce;
    private final int maxTried;

    /**
     * Makes a replay of many journals.
     *
     * @param atOnce how many journals are delivered at once
     * @param maxTried how many journals are tried; after so many, no further one is looked at
     */
    public BatchReplay(Replay replay, int atOnce, int maxTried) {
        this.replay = replay;
        this.atOnce = atOnce;
        this.maxTried = maxTried;
    }

    /** Hears what became of each journal, in the order of the journals. Called on the thread that called {@link #deliver}. */
    public interface Listener {
        void result(Path journal, ReplayResult result);
    }

    private record UnderWay(
            Path journal,
            RunRecord.@Nullable Start start,
            @Nullable StartedRun run,
            Future<ReplayResult> result) {

        boolean isOfTheRunOf(@Nullable JournalContents contents) {
            RunRecord.Start other = contents == null ? null : contents.start();
            if (start == null || contents == null || other == null) {
                return false;
            }
            StartedRun theirs = contents.started();
            return start.meansRunOf(other, theirs)
                    || other.meansRunOf(start, run)
                    || (run != null && theirs != null && run.runId() == theirs.runId());
        }
    }

    /** Delivers journals, and returns when all are done. */
    public void deliver(Iterable<Path> journals, Listener listener) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce, new AgentThreads("sync"));
        try {
            new Pass(threads, listener).deliver(journals);
        } finally {
            threads.shutdownNow();
        }
    }

    private final class Pass {

        private final ExecutorService threads;
        private final Listener listener;
        private final Deque<UnderWay> underWay = new ArrayDeque<>();
        private volatile boolean stopped;
        private int tried;

        Pass(ExecutorService threads, Listener listener) {
            this.threads = threads;
            this.listener = listener;
        }

        /** The first one that is tried goes alone: where the server is away, or rejects the key, it is asked once. */
        void deliver(Iterable<Path> journals) throws InterruptedException {
            for (Path journal : journals) {
                JournalContents contents = SiblingJournals.peek(journal);
                while (tried == 0 && !underWay.isEmpty()) {
                    takeFirst();
                }
                while (underWay.size() >= 2 * atOnce
                        || (tried + underWay.size() >= maxTried && !underWay.isEmpty())
                        || underWay.stream().anyMatch(other -> other.isOfTheRunOf(contents))) {
                    takeFirst();
                }
                if (tried >= maxTried) {
                    break;
                }
                underWay.add(new UnderWay(
                        journal,
                        contents == null ? null : contents.start(),
                        contents == null ? null : contents.started(),
                        threads.submit(() -> one(journal))));
            }
            while (!underWay.isEmpty()) {
                takeFirst();
            }
        }

        private ReplayResult one(Path journal) {
            if (stopped) {
                return new ReplayResult.Left("not tried, the server does not answer", true);
            }
            ReplayResult result = replay.deliver(journal);
            if (result instanceof ReplayResult.Left left && left.serverAway()) {
                stopped = true;
            }
            return result;
        }

        private void takeFirst() throws InterruptedException {
            UnderWay first = underWay.remove();
            ReplayResult result;
            try {
                result = first.result().get();
            } catch (ExecutionException e) {
                result = new ReplayResult.Left("it can't be delivered: " + e.getCause(), false);
            }
            tried += result.wasTried() ? 1 : 0;
            listener.result(first.journal(), result);
        }
    }
}
