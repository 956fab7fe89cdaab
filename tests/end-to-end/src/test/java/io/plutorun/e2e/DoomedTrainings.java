package io.plutorun.e2e;

import io.plutorun.e2e.programs.Doomed;
import io.plutorun.fake.FakePluto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Trainings that make calls, and what became of these. */
final class DoomedTrainings implements KillCampaign.Trainings {

    private final Path directory;
    private final Random random;
    private final List<Path> logs = new ArrayList<>();

    DoomedTrainings(Path directory, Random random) {
        this.directory = directory;
        this.random = random;
    }

    @Override
    public Program next() {
        Path log = directory.resolve("calls-" + logs.size() + ".log");
        logs.add(log);
        return Program.of(Doomed.class, log.toString(), "call-" + logs.size(), String.valueOf(random.nextInt()));
    }

    /** The interesting moments lie around what the program does, so some of the kills keep close to one of its lines. */
    @Override
    public void awaitMoment(Running training) {
        Path log = logs.get(logs.size() - 1);
        int lines = 1 + random.nextInt(12);
        Duration patience = Duration.ofMillis(random.nextInt(2_000));
        training.awaitThat(() -> !CallLog.lines(log).isEmpty(), "made no call");
        Await.within(patience, () -> CallLog.lines(log).size() >= lines);
    }

    /** What came of it. */
    RunTally tally(FakePluto pluto) {
        CallLog calls = new CallLog();
        for (Path log : logs) {
            calls.add(log);
        }
        return RunTally.of(calls.calls(), pluto.runs(), run -> String.valueOf(run.externalId()));
    }
}
