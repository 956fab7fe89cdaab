package io.plutorun.agent.run;

import io.plutorun.agent.current.RunListeners;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.ThisJvm;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.settings.LogLevel;
import io.plutorun.agent.settings.Origin;
import io.plutorun.agent.settings.Source;
import io.plutorun.agent.settings.SweepRule;
import io.plutorun.agent.spec.Specification;
import io.plutorun.agent.verdict.FailureWarmup;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A run for tests, that no tracker knows and that has not begun. */
final class SampleRun {

    private static final Redactor REDACTOR = new Redactor(Map.of());

    private SampleRun() {}

    static ActiveRun of(Path directory, Instant start) {
        Specification specification = new Specification(
                new Sample().method(),
                Map.of(),
                false,
                new RunRecord.Start(
                        start,
                        new RunRecord.Target.Create("one", false),
                        "proj",
                        "run",
                        List.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        RunRecord.Part.ALONE),
                new Source(Origin.DEFAULT, "project", false),
                Optional.empty(),
                null,
                List.of(),
                List.of());
        return new RecordedRun(
                specification,
                ActiveRun.Lifetime.CALL,
                session(directory),
                Console.over(new ByteArrayOutputStream(), REDACTOR, LogLevel.INFO));
    }

    /** Where it is recorded. */
    static Session.Recording session(Path directory) {
        JournalStore store =
                new JournalStore(directory, ThisJvm.ENVIRONMENT, REDACTOR, null, "1", "host", false, line -> {});
        return new Session.Recording(
                store,
                TestValues.parts(),
                new RunListeners(line -> {}),
                "offline",
                new FailureWarmup(),
                new AtomicBoolean(),
                SweepRule.TRUE,
                Clock.systemUTC());
    }
}
