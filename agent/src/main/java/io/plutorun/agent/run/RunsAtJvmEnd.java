package io.plutorun.agent.run;

import io.plutorun.agent.edge.Console;
import io.plutorun.agent.shutdown.JvmEnd;
import io.plutorun.agent.shutdown.JvmShutdown;
import java.time.Duration;
import java.util.List;

/** What becomes of the open runs when the JVM ends: each gets its verdict, and what is not delivered is waited for. */
final class RunsAtJvmEnd implements JvmShutdown.LastWork {

    private final OpenRuns openRuns;
    private final Session session;
    private final Console console;

    RunsAtJvmEnd(OpenRuns openRuns, Session session, Console console) {
        this.openRuns = openRuns;
        this.session = session;
        this.console = console;
    }

    @Override
    public boolean close() {
        return !openRuns.close().isEmpty();
    }

    @Override
    public void endRuns(JvmEnd end) {
        List<ActiveRun> open = openRuns.close();
        for (ActiveRun run : open) {
            if (!run.endIfItRanOut()) {
                run.end(CutOffVerdict.of(end, run));
            }
        }
    }

    @Override
    public void deliver(Duration atMost) {
        if (session instanceof Session.Online online) {
            int undelivered = online.delivery().finish(atMost);
            if (undelivered > 0) {
                console.error(online.messages()
                        .undelivered(undelivered, online.store().folder()));
            }
        }
        console.flush(Console.FLUSH_AT_THE_END);
    }
}
