package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs in Surefire's own JVM with the agent in it, in an execution of its own: see the module's pom. What the agent has to say goes to a
 * log file.
 */
class TrackedUnderSurefire {

    private static final Path LOG = Path.of(System.getProperty("pluto.log.file"));

    private boolean active;

    private final class Trained {
        @PlutoRun
        void train() {
            active = Pluto.current().isActive();
        }
    }

    @Test
    void a_tracked_method_that_a_test_calls_makes_no_run_and_one_line_says_so() throws IOException {
        int ofEarlierBuilds = lines().size();
        Trained trained = new Trained();
        trained.train();
        trained.train();

        assertThat(active).isFalse();
        assertThat(lines().stream().skip(ofEarlierBuilds))
                .containsExactly("pluto: Trained.train runs untracked, as this JVM runs tests (Maven Surefire or"
                        + " Failsafe); set PLUTO_MODE=online to track them, PLUTO_MODE=noop to hear no more of it");
        assertThat(Path.of(System.getenv("PLUTO_DIR"))).doesNotExist();
    }

    private static List<String> lines() throws IOException {
        return Files.exists(LOG) ? Files.readAllLines(LOG) : List.of();
    }
}
