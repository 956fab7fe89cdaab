package io.plutorun.agent.run;

import io.plutorun.agent.failure.Failures;
import io.plutorun.agent.files.FilesSession;
import io.plutorun.agent.heartbeat.Heartbeat;
import io.plutorun.agent.messages.Messages;
import io.plutorun.agent.replay.EarlierRuns;
import io.plutorun.agent.values.ValuesSession;
import org.jspecify.annotations.Nullable;

/** Parts that are there from the beginning. Earlier runs are none. */
record TestParts(ValuesSession values, FilesSession files, Failures failures, Messages messages, Heartbeat heartbeat)
        implements Session.OnlineParts {

    /** Parts of a session that sends nothing but the records of its runs. */
    static TestParts online(Messages messages, Heartbeat heartbeat) {
        return new TestParts(TestValues.onDisk(), TestValues.noFiles(), TestValues.failures(), messages, heartbeat);
    }

    @Override
    public @Nullable EarlierRuns earlierRuns() {
        return null;
    }
}
