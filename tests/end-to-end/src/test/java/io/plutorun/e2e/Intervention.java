package io.plutorun.e2e;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a test does to a program while it runs. */
@FunctionalInterface
interface Intervention {

    /** Far more than it takes. */
    Duration LONG = Duration.ofSeconds(100);

    /**
     * Acts.
     *
     * @param program the program, whose directory is {@code directory}
     * @param pluto the server; null where the program runs without the agent
     */
    void act(Running program, Path directory, @Nullable FakePluto pluto) throws IOException, InterruptedException;

    /** Leaves the program alone. */
    static Intervention nothing() {
        return (program, directory, pluto) -> {};
    }

    /** A signal, by its name without {@code SIG}. */
    static Intervention signal(String name) {
        return (program, directory, pluto) -> {
            awaitThere(program, directory);
            program.signal(name);
        };
    }

    /** SIGKILL, when the run has been seen alive by the server. */
    static Intervention kill() {
        return (program, directory, pluto) -> {
            awaitThere(program, directory);
            if (pluto != null) {
                awaitRun(pluto, run -> run.heartbeats() > 0);
            }
            program.kill();
        };
    }

    /** A signal, sent when the server has stopped to answer. */
    static Intervention signalWhileTheServerHangs(String name) {
        return (program, directory, pluto) -> {
            awaitThere(program, directory);
            if (pluto != null) {
                pluto.faults().always(Fault.hang());
            }
            program.signal(name);
        };
    }

    /** The program is told to go on, when its run has been seen alive for a while by the server. */
    static Intervention goOn() {
        return (program, directory, pluto) -> {
            awaitThere(program, directory);
            if (pluto != null) {
                int before = pluto.run(1).heartbeats();
                awaitRun(pluto, run -> run.heartbeats() >= before + 2);
            }
            program.endInput();
        };
    }

    /** The program is told to go on, when the server has stopped to answer. */
    static Intervention goOnWhileTheServerHangs() {
        return (program, directory, pluto) -> {
            awaitThere(program, directory);
            if (pluto != null) {
                pluto.faults().always(Fault.hang());
            }
            program.endInput();
        };
    }

    /** Somebody presses cancel on the run's page. */
    static Intervention cancel() {
        return (program, directory, pluto) -> {
            awaitThere(program, directory);
            if (pluto != null) {
                pluto.cancel(1);
            }
        };
    }

    /** Somebody presses cancel, and when the server has noted it the program is told to go on. */
    static Intervention cancelAndGoOn() {
        return (program, directory, pluto) -> {
            awaitThere(program, directory);
            if (pluto != null) {
                pluto.cancel(1);
                awaitRun(pluto, run -> run.cancelledAt() != null);
            }
            program.endInput();
        };
    }

    /** Until that holds for the run, or it has ended, which the test then finds. */
    private static void awaitRun(FakePluto pluto, Predicate<FakeRun> condition) {
        pluto.await(p -> condition.test(p.run(1)) || p.run(1).status().isTerminal(), LONG);
    }

    /** Waits until the program has given its sign. */
    static void awaitThere(Running program, Path directory) {
        program.awaitThat(() -> Files.exists(directory.resolve("there")), "it has not given its sign");
    }
}
