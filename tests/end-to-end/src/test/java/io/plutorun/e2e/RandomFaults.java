package io.plutorun.e2e;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import java.util.List;
import java.util.Random;

/**
 * Changes what goes wrong with a server several times a second, for as long as it is open; about half of the time all is well.
 *
 * <p>No request is merely late: one that the server takes up when its sender is dead, and another has sent the verdict since, can't be
 * told from a new one by any server. So what hangs has either taken effect at once or never does.
 */
final class RandomFaults implements AutoCloseable {

    /** The requests that bring the records of runs; those that are named twice suffer twice as often. */
    static final String[] OF_RECORDS = {
        "/api/runs/create",
        "/api/runs/create",
        "/api/runs/status/update",
        "/api/runs/status/update",
        "/api/runs/resume",
        "/api/runs/status/history"
    };

    /** The requests that bring the values of runs, and those without which there are no runs. */
    static final String[] OF_VALUES = {
        "/ingest/metrics", "/ingest/metrics", "/api/runs/logName/add", "/api/runs/create", "/api/runs/status/update"
    };

    private static final List<Fault> FAULTS = List.of(
            Fault.dropBeforeProcessing(),
            Fault.dropAfterProcessing(),
            Fault.dropAfterProcessing(),
            Fault.resetMidAnswer(),
            Fault.truncatedBody(),
            Fault.status(500, "{\"error\":\"Internal Server Error\"}"),
            Fault.statusAfterProcessing(504, "gateway"));

    private final FakePluto pluto;
    private final Random random;
    private final String[] paths;
    private final RepeatedAction repeated;

    /**
     * Does not begin yet.
     *
     * @param paths of the requests that suffer
     */
    RandomFaults(FakePluto pluto, long seed, String... paths) {
        this.pluto = pluto;
        this.paths = paths;
        this.random = new Random(seed);
        this.repeated = new RepeatedAction(() -> 20 + random.nextInt(200), this::change);
    }

    /** Starts. */
    void begin() {
        repeated.begin();
    }

    private void change() {
        pluto.faults().clear();
        String path = paths[random.nextInt(paths.length)];
        Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
        switch (random.nextInt(8)) {
            case 0, 1 -> pluto.faults().always(path, fault);
            case 2 -> pluto.faults().always(fault);
            case 3 -> pluto.faults().next(path, random.nextBoolean() ? Fault.hang() : Fault.hangAfterProcessing());
            default -> {
                // fair
            }
        }
    }

    @Override
    public void close() {
        repeated.close();
        pluto.faults().clear();
    }
}
