package io.plutorun.e2e;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the world does to a program that runs. */
@FunctionalInterface
interface Outside {

    /** Far more than it takes. */
    Duration LONG = Duration.ofSeconds(100);

    /**
     * Acts.
     *
     * @param program the program, whose directory is {@code directory}
     * @param pluto the server; null where the program runs without the agent
     */
    void act(Running program, Path directory, @Nullable FakePluto pluto) throws IOException, InterruptedException;

    /** It is left alone. */
    static Outside nothing() {
        return (program, directory, pluto) -> {};
    }

    /** A signal, by its name without {@code SIG}. */
    static Outside signal(String name) {
        return (program, directory, pluto) -> {
            awaitThere(directory);
            program.signal(name);
        };
    }

    /** SIGKILL, when the run has been seen alive by the server. */
    static Outside kill() {
        return (program, directory, pluto) -> {
            awaitThere(directory);
            if (pluto != null) {
                awaitRun(pluto, run -> run.heartbeats() > 0);
            }
            program.kill();
        };
    }

    /** A signal, sent when the server has stopped to answer. */
    static Outside signalWhileTheServerHangs(String name) {
        return (program, directory, pluto) -> {
            awaitThere(directory);
            if (pluto != null) {
                pluto.faults().always(Fault.hang());
            }
            program.signal(name);
        };
    }

    /** The program is told to go on, when its run has been seen alive for a while by the server. */
    static Outside goOn() {
        return (program, directory, pluto) -> {
            awaitThere(directory);
            if (pluto != null) {
                int before = pluto.run(1).heartbeats();
                awaitRun(pluto, run -> run.heartbeats() >= before + 2);
            }
            program.endInput();
        };
    }

    /** The program is told to go on, when the server has stopped to answer. */
    static Outside goOnWhileTheServerHangs() {
        return (program, directory, pluto) -> {
            awaitThere(directory);
            if (pluto != null) {
                pluto.faults().always(Fault.hang());
            }
            program.endInput();
        };
    }

    /** Somebody presses cancel on the run's page. */
    static Outside cancel() {
        return (program, directory, pluto) -> {
            awaitThere(directory);
            if (pluto != null) {
                pluto.cancel(1);
            }
        };
    }

    /** Somebody presses cancel, and when the server has noted it the program is told to go on. */
    static Outside cancelAndGoOn() {
        return (program, directory, pluto) -> {
            awaitThere(directory);
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

    /** Until the program has given its sign. */
    static void awaitThere(Path directory) {
        Path sign = directory.resolve("there");
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!Files.exists(sign)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the program did not get there");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
