package io.plutorun.e2e;

import io.plutorun.e2e.programs.Restless;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Trainings that end in all manners, one after the other in one folder, against a server with random faults, where their runs are
 * cancelled, and declared dead, meanwhile.
 */
final class Soak {

    private static final Duration LONG = Duration.ofSeconds(100);
    /** A heartbeat counts for 30 s, and is missed for 150 s. */
    private static final Duration SLEEP = Duration.ofSeconds(181);

    private static final String CALL = "call-";
    private static final String NOBODY_LISTENS = "http://127.0.0.1:1";

    private final FakePluto pluto;
    private final Path directory;
    private final Random random;
    private final Map<String, SoakedCall> calls = new LinkedHashMap<>();
    private final Map<String, Integer> endings = new LinkedHashMap<>();
    private int programs;
    private final Map<String, List<String>> told = new LinkedHashMap<>();
    private int cancelled;
    private int declaredDead;

    Soak(FakePluto pluto, Path directory, long seed) {
        this.pluto = pluto;
        this.directory = directory;
        this.random = new Random(seed);
    }

    /** Goes on for so long; the faults are over then. */
    void goOn(Duration forSoLong) throws IOException {
        long end = System.nanoTime() + forSoLong.toNanos();
        try (RandomFaults faults = new RandomFaults(pluto, random.nextLong(), RandomFaults.OF_RECORDS);
                RandomCancels cancels = new RandomCancels(pluto, random.nextLong())) {
            faults.begin();
            cancels.begin();
            while (System.nanoTime() < end) {
                round();
            }
            cancelled = cancels.cancelled();
        }
    }

    /** What lies in the folder is delivered, undisturbed. */
    Result sync() {
        return Outage.sync(pluto, directory);
    }

    /** What came of it. */
    RunTally tally() {
        return RunTally.of(calls, pluto.runs(), run -> run.name());
    }

    /** How much was done. */
    String line() {
        return "programs " + programs + " " + endings + ", runs cancelled " + cancelled + ", declared dead alive "
                + declaredDead;
    }

    private void round() throws IOException {
        String id = CALL + programs++;
        Path log = directory.resolve(id + ".log");
        String ending = pick("returns", "exit", "exit", "halt", "stays", "stays", "killed");
        endings.merge(ending, 1, Integer::sum);
        Running running =
                training(log, id, ending.equals("killed") ? "stays" : ending).start();
        if (ending.equals("stays")) {
            awaitLine(log, "stays ", running);
            if (random.nextBoolean()) {
                declareDead(id, log);
            }
            running.awaitEndFor(Duration.ofMillis(random.nextInt(1_500)));
            running.terminate();
        } else if (ending.equals("killed")) {
            awaitLine(log, "entered ", running);
            running.awaitEndFor(Duration.ofMillis(random.nextInt(3_000)));
            running.kill();
        }
        Result result = running.await();
        told.put(id, result.agentLines());
        calls.putAll(SoakedCall.read(log, result.exitCode()));
    }

    /**
     * As when a laptop wakes up: for the server the runs have been silent for long. In truth they have not, and an agent that has heard
     * of a run within the last minutes may trust a verdict to be taken. So this is done only to runs that go on, of which the agent
     * hears, and not while a verdict is on its way.
     */
    private void declareDead(String id, Path log) {
        if (!Await.within(Duration.ofSeconds(10), () -> onlyTheLastCallsRun(id, log))) {
            return; // it can't reach the server, perhaps
        }
        pluto.clock().advance(SLEEP);
        declaredDead += pluto.reap();
        pluto.clock().advance(SLEEP.negated());
        pluto.await(p -> runsOf(id).noneMatch(Expectation::isDeclaredDead), LONG);
    }

    private boolean onlyTheLastCallsRun(String id, Path log) {
        List<String> lines = CallLog.lines(log);
        long entered =
                lines.stream().filter(line -> line.startsWith("entered ")).count();
        return entered == runsOf(id).count()
                && runsOf(id)
                        .filter(run -> run.status() == RunStatus.RUNNING)
                        .noneMatch(run -> lines.contains("left " + run.name()));
    }

    private Stream<FakeRun> runsOf(String program) {
        return pluto.runs().stream().filter(run -> run.name().startsWith(program + "-"));
    }

    /** What the agent told in the programs that these calls are of. */
    String told(List<String> wrong) {
        return wrong.stream()
                .map(call -> call.substring(0, call.indexOf('-', CALL.length())))
                .distinct()
                .map(program -> program + ": " + told.get(program))
                .collect(Collectors.joining("\n"));
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

    private static void awaitLine(Path log, String beginning, Running running) {
        running.awaitThat(
                () -> CallLog.lines(log).stream().anyMatch(line -> line.startsWith(beginning)),
                "its log has no line \"" + beginning + "\"");
    }
}
