package io.plutorun.e2e;

import io.plutorun.e2e.programs.LoggingThreads;
import io.plutorun.fake.FakePluto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Trainings in which four threads log. Most are to be killed; of six, one halts the JVM, and one runs out of memory. */
final class LoggingTrainings implements KillCampaign.Trainings {

    private static final int LONGEST_MILLIS = 1_500;

    private final Path directory;
    private final Random random;
    private final List<ValueNotes> all = new ArrayList<>();
    private boolean endsItself;
    private int halts;
    private int outOfMemory;

    LoggingTrainings(Path directory, Random random) {
        this.directory = directory;
        this.random = random;
    }

    @Override
    public Program next() {
        String name = "training-" + all.size();
        Path notes = directory.resolve(name + ".notes");
        String how = all.size() % 6 == 1 ? "halt" : all.size() % 6 == 3 ? "memory" : "killed";
        all.add(new ValueNotes(name, notes));
        endsItself = !how.equals("killed");
        halts += how.equals("halt") ? 1 : 0;
        outOfMemory += how.equals("memory") ? 1 : 0;
        Program program = Program.of(
                        LoggingThreads.class,
                        notes.toString(),
                        name,
                        String.valueOf(random.nextInt()),
                        how,
                        String.valueOf(random.nextInt(LONGEST_MILLIS)))
                .jvmOption("-Xmx64m");
        if (random.nextBoolean()) {
            program.env("PLUTO_EXTERNAL_ID", name); // another process may go on with the run
        }
        return how.equals("memory") && random.nextBoolean()
                ? program.jvmOption("-XX:+ExitOnOutOfMemoryError")
                : program;
    }

    @Override
    public void awaitMoment(Running training) {
        ValueNotes notes = all.get(all.size() - 1);
        if (endsItself) {
            training.awaitEndFor(Await.LONG);
        } else {
            training.awaitThat(() -> Files.exists(notes.file()), "has not begun");
            training.awaitEndFor(Duration.ofMillis(random.nextInt(LONGEST_MILLIS)));
        }
    }

    int halts() {
        return halts;
    }

    int outOfMemory() {
        return outOfMemory;
    }

    /** What came of the values. */
    ValueTally tally(FakePluto pluto) {
        ValueTally tally = new ValueTally();
        for (ValueNotes notes : all) {
            long run = notes.run(pluto);
            for (int thread = 0; thread < LoggingThreads.THREADS; thread++) {
                tally.add(notes, thread, run < 0 ? null : pluto.series(run, LoggingThreads.seriesOf(thread)));
            }
        }
        return tally;
    }
}
