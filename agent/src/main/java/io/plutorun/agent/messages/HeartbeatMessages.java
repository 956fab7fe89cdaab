package io.plutorun.agent.messages;

import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.heartbeat.HeartbeatListener;

/** Tells a person how the heartbeat service does. */
public final class HeartbeatMessages implements HeartbeatListener {

    private final Console console;
    private final Messages messages;

    public HeartbeatMessages(Console console, Messages messages) {
        this.console = console;
        this.messages = messages;
    }

    @Override
    public void doesNotAnswer(StartedRun run, String why) {
        console.warn(messages.beatFailed(run, why));
    }

    @Override
    public void answersAgain(StartedRun run, int failures) {
        console.info(messages.beatsAgain(run, failures));
    }

    @Override
    public void beatsAreRefused(StartedRun run, String why) {
        console.warn(messages.beatsRefused(run, why));
    }

    @Override
    public void runIsGone(StartedRun run, String why) {
        console.warn(messages.runIsGone(run, why));
    }

    @Override
    public void beatFailed(StartedRun run, RuntimeException fault) {
        console.debug("the heartbeat of run " + run.label() + " failed: " + fault);
    }
}
