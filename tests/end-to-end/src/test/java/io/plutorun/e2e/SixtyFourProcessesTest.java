package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** P4 in company. By itself, since it takes all the machine has. */
@Isolated
class SixtyFourProcessesTest {

    private final Path directory;

    SixtyFourProcessesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void P4_sixty_four_processes_that_start_together_in_a_new_project_are_one_run_and_nobody_sees_an_error() {
        int world = 64;
        try (FakePluto pluto = FakePluto.builder().newProjectRaces(4).start()) {
            List<Running> ranks = new ArrayList<>();
            for (int rank = world - 1; rank >= 0; rank--) { // rank 0 last, so that others create the project
                ranks.add(SeveralProcessesTest.rank(pluto, directory, rank, world, "return")
                        .jvmOption("-Xmx32m", "-Xss512k", "-Xshare:auto", "-XX:TieredStopAtLevel=1")
                        .start());
            }
            SeveralProcessesTest.awaitStarts(pluto, world);
            ranks.forEach(Running::endInput);
            List<Result> results = ranks.stream().map(Running::await).toList();
            long races = pluto.exchanges("/api/runs/create").stream()
                    .filter(exchange -> exchange.status() == 500)
                    .count();
            System.out.println(world + " processes, " + pluto.runs().size() + " run, " + races + " lost races, "
                    + pluto.exchanges("/api/runs/create").size() + " creates");

            assertThat(results).allMatch(result -> result.exitCode() == 0);
            assertThat(pluto.runs()).hasSize(1);
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(pluto.run(1).tags()).containsExactly("declared");
            assertThat(pluto.run(1).configOfProgram()).isEqualTo(Map.of("optimizer", "sgd"));
            assertThat(Requests.bodies(pluto, "/api/runs/status/update")).hasSize(1);
            for (int i = 0; i < world - 1; i++) {
                assertThat(results.get(i).agentLines())
                        .containsExactly("pluto: run WOR-1, rank " + (world - 1 - i) + " of " + world);
            }
            assertThat(results.get(world - 1).agentLines())
                    .hasSize(2)
                    .noneMatch(line -> line.contains("500") || line.contains("starts without"));
        }
    }
}
