package io.plutorun.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.plutorun.fake.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is not on the server any more, with values and files on their way. */
class GoneRunTest extends TrackerFixture {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Fault GONE = Fault.status(404, "{\"error\":\"Run not found\"}");

    GoneRunTest(@TempDir Path directory) {
        super(directory);
    }

    private List<Path> left() {
        try (Stream<Path> files = Files.list(directory.resolve(".pluto/jvm"))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        assertTimeoutPreemptively(LONG, () -> {
            while (!condition.getAsBoolean()) {
                LockSupport.parkNanos(10_000_000);
            }
        });
    }

    private boolean isTold(String words) {
        return lines().stream().anyMatch(line -> line.contains(words));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_left_of_it_is_not_kept_and_nobody_is_told_to_deliver_it(boolean endsFirst) throws IOException {
        Path model = Files.writeString(directory.resolve("model.bin"), "weights");
        pluto.faults()
                .always("/api/runs/logName/add", GONE)
                .always("/api/runs/status/update", GONE)
                .always("/api/runs/config/update", GONE)
                .always("/api/runs/details/1", GONE);
        Object call = enter();
        tracker().log(call, "loss", 0.5);
        Objects.requireNonNull(tracker().run(call)).addFile("model", model);
        if (endsFirst) {
            tracker().returned(call, null);
        }
        await(() -> isTold("values of run PLU-1 are not kept any longer: the run is not on the server any more"));
        await(() -> isTold("model.bin of run PLU-1 is not uploaded: the run is not on the server any more"));
        if (!endsFirst) {
            tracker().log(call, "loss", 0.4);
            tracker().returned(call, null);
        }
        await(() -> left().isEmpty());

        assertThat(lines()).noneMatch(line -> line.contains("sync") || line.contains("tried again"));
        assertThat(lines()).filteredOn(line -> line.contains("values of run")).hasSize(1);
    }
}
