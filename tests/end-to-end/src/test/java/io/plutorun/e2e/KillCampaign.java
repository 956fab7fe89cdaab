package io.plutorun.e2e;

import io.plutorun.e2e.programs.Doomed;
import io.plutorun.fake.FakePluto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Kills trainings, and the {@code sync} that delivers what they leave, again and again at random moments, against a server with random
 * faults, all in one folder.
 */
final class KillCampaign {

    private static final int KILLED = 137;
    private static final String NOBODY_LISTENS = "http://127.0.0.1:1";

    private final FakePluto pluto;
    private final Path directory;
    private final Random random;
    private final List<Path> logs = new ArrayList<>();
    private int kills;

    KillCampaign(FakePluto pluto, Path directory, long seed) {
        this.pluto = pluto;
        this.directory = directory;
        this.random = new Random(seed);
    }

    /** Goes on until so many processes have been killed; the faults are over then. */
    void kill(int wanted) {
        try (RandomFaults faults = new RandomFaults(pluto, random.nextLong())) {
            faults.begin();
            while (kills < wanted) {
                round();
            }
        }
    }

    /** How many processes were killed; those that had ended by themselves do not count. */
    int kills() {
        return kills;
    }

    /** What lies in the folder is delivered, undisturbed. */
    Result sync() {
        return syncing().run();
    }

    /** What came of it. */
    RunTally tally() {
        CallLog calls = new CallLog();
        for (Path log : logs) {
            calls.add(log);
        }
        return RunTally.of(calls.calls(), pluto.runs(), run -> String.valueOf(run.externalId()));
    }

    private void round() {
        Path log = directory.resolve("calls-" + logs.size() + ".log");
        Running training = training(log).start();
        logs.add(log);
        Running sync = random.nextInt(5) < 3 ? syncing().start() : null;
        awaitLine(log, training);
        kill(training, random.nextBoolean() ? 30 : 600);
        if (sync != null) {
            kill(sync, random.nextBoolean() ? 30 : 600);
        }
    }

    private Program training(Path log) {
        Program program = Program.of(
                        Doomed.class, log.toString(), "call-" + logs.size(), String.valueOf(random.nextInt()))
                .against(pluto)
                .directory(directory)
                .env("PLUTO_START_TIMEOUT", "1s");
        return switch (random.nextInt(10)) {
            case 0 -> program.env("PLUTO_URL_API", NOBODY_LISTENS);
            case 1 -> program.env("PLUTO_MODE", "offline");
            default -> program;
        };
    }

    private Program syncing() {
        return Program.command("-jar", Program.agentJar().toString(), "sync")
                .withoutAgent()
                .against(pluto)
                .directory(directory);
    }

    /** The interesting moments lie around what the program does, so some of the kills keep close to one of its lines. */
    private void awaitLine(Path log, Running training) {
        int lines = 1 + random.nextInt(12);
        Duration patience = Duration.ofMillis(random.nextInt(2_000));
        training.awaitThat(() -> !CallLog.lines(log).isEmpty(), "made no call");
        Await.within(patience, () -> CallLog.lines(log).size() >= lines);
    }

    private void kill(Running process, int withinMillis) {
        process.awaitEndFor(Duration.ofMillis(random.nextInt(withinMillis)));
        process.kill();
        if (process.await().exitCode() == KILLED) {
            kills++;
        }
    }
}
