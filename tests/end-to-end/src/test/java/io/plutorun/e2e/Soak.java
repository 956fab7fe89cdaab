package io.plutorun.e2e;

import io.plutorun.e2e.programs.Restless;
import io.plutorun.fake.FakePluto;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Trainings that end in all manners, one after the other in one folder, against a server with random faults, whose runs are cancelled
 * and declared dead meanwhile.
 */
final class Soak {

    private static final Duration LONG = Duration.ofSeconds(100);
    private static final String NOBODY_LISTENS = "http://127.0.0.1:1";

    private final FakePluto pluto;
    private final Path directory;
    private final Random random;
    private final Map<String, SoakedCall> calls = new LinkedHashMap<>();
    private final Map<String, Integer> endings = new LinkedHashMap<>();
    private int programs;
    private String mischief = "";

    Soak(FakePluto pluto, Path directory, long seed) {
        this.pluto = pluto;
        this.directory = directory;
        this.random = new Random(seed);
    }

    /** Goes on for so long; the faults are over then. */
    void goOn(Duration forSoLong) throws IOException {
        long end = System.nanoTime() + forSoLong.toNanos();
        try (BadWeather weather = new BadWeather(pluto, random.nextLong());
                Mischief made = new Mischief(pluto, random.nextLong())) {
            weather.begin();
            made.begin();
            while (System.nanoTime() < end) {
                round();
            }
            mischief = "runs cancelled " + made.cancelled() + ", declared dead " + made.reaped();
        }
    }

    /** What lies in the folder is delivered, undisturbed. */
    Result sync() {
        return Outage.sync(pluto, directory);
    }

    /** What came of it. */
    Toll toll() {
        return Toll.of(calls, pluto.runs(), run -> run.name());
    }

    /** How much was done. */
    String line() {
        return "programs " + programs + " " + endings + ", " + mischief;
    }

    private void round() throws IOException {
        String id = "call-" + programs++;
        Path log = directory.resolve(id + ".log");
        String ending = pick("returns", "exit", "exit", "halt", "stays", "stays", "killed");
        endings.merge(ending, 1, Integer::sum);
        Running running =
                training(log, id, ending.equals("killed") ? "stays" : ending).start();
        if (ending.equals("stays")) {
            awaitLine(log, "stays ", running);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_500)));
            running.terminate();
        } else if (ending.equals("killed")) {
            awaitLine(log, "entered ", running);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(3_000)));
            running.kill();
        }
        calls.putAll(SoakedCall.read(log, running.await().exitCode()));
    }

    private Program training(Path log, String id, String ending) {
        Program program = Program.of(Restless.class, log.toString(), id, String.valueOf(random.nextInt()), ending)
                .on(random.nextBoolean() ? Jdk.all().get(0) : Jdk.newest())
                .against(pluto)
                .directory(directory)
                .env("PLUTO_START_TIMEOUT", "1s")
                .env("PLUTO_SHUTDOWN_TIMEOUT", pick("1s", "3s"))
                .env("PLUTO_HEARTBEAT_INTERVAL", "1s")
                .env("PLUTO_ON_CANCEL", pick("interrupt", "ignore"));
        return random.nextInt(10) == 0 ? program.env("PLUTO_URL_API", NOBODY_LISTENS) : program;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static void awaitLine(Path log, String beginning, Running running) throws IOException {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (CallLog.lines(log).stream().noneMatch(line -> line.startsWith(beginning))) {
            if (System.nanoTime() > deadline) {
                running.kill();
                throw new AssertionError("no line \"" + beginning + "\"; the program said:\n" + running.await());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
