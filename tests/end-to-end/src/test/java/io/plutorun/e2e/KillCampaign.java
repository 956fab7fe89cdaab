package io.plutorun.e2e;

import io.plutorun.fake.FakePluto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/**
 * Kills trainings, and the {@code sync} that delivers what they leave, again and again at random moments, against a server with random
 * faults, all in one folder.
 */
final class KillCampaign {

    private static final int KILLED = 137;
    private static final String NOBODY_LISTENS = "http://127.0.0.1:1";

    /** What is killed. */
    interface Trainings {

        /** The next training; it is not started. */
        Program next();

        /** Waits for the moment, in the life of the training that is the last one, around which it is killed. */
        void awaitMoment(Running training);
    }

    private final FakePluto pluto;
    private final Path directory;
    private final Random random;
    private final Trainings trainings;
    private final String[] paths;
    private int kills;

    /**
     * Begins nothing yet.
     *
     * @param paths of the requests that suffer faults
     */
    KillCampaign(FakePluto pluto, Path directory, Random random, Trainings trainings, String... paths) {
        this.pluto = pluto;
        this.directory = directory;
        this.random = random;
        this.trainings = trainings;
        this.paths = paths;
    }

    /** Goes on until so many processes have been killed; the faults are over then. */
    void kill(int wanted) {
        try (RandomFaults faults = new RandomFaults(pluto, random.nextLong(), paths)) {
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

    private void round() {
        Running training = online(trainings.next()).start();
        Running sync = random.nextInt(5) < 3 ? syncing().start() : null;
        trainings.awaitMoment(training);
        kill(training, random.nextBoolean() ? 30 : 600);
        if (sync != null) {
            kill(sync, random.nextBoolean() ? 30 : 600);
        }
    }

    /** Most of the time. */
    private Program online(Program training) {
        Program program = training.against(pluto).directory(directory).env("PLUTO_START_TIMEOUT", "1s");
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

    private void kill(Running process, int withinMillis) {
        process.awaitEndFor(Duration.ofMillis(random.nextInt(withinMillis)));
        process.kill();
        if (process.await().exitCode() == KILLED) {
            kills++;
        }
    }
}
