package io.plutorun.agent.values;

import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.delivery.DeliveryListener;
import io.plutorun.agent.http.Outcome;
import org.jspecify.annotations.Nullable;

/** A run that was over when it was recorded: its values are sent as soon as the server has it, and nobody is told of it. */
public final class EndedRun implements DeliveryListener {

    private @Nullable OpenRun run;
    private @Nullable StartedRun started;

    /** Its start is in its journal. */
    public synchronized void opened(OpenRun opened) {
        run = opened;
        if (started != null) { // the server was quicker
            opened.started(started);
        }
    }

    @Override
    public synchronized void started(StartedRun byServer) {
        started = byServer;
        if (run != null) {
            run.started(byServer);
        }
    }

    @Override
    public synchronized void refused(Outcome<?> answer, boolean forGood) {
        if (run != null) {
            run.refused(forGood);
        }
    }
}
