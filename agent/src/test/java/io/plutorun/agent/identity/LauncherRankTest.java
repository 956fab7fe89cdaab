package io.plutorun.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.run.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LauncherRankTest {

    private final Sample sample = new Sample();
    private final List<String> warnings = new ArrayList<>();

    private String found() {
        LauncherRank world = LauncherRank.find(sample.settings(), sample.environment::get, warnings);
        return world.part().rank() + " of " + world.part().world();
    }

    private void set(String assignments) {
        for (String assignment : assignments.split(" ", -1)) {
            int sign = assignment.indexOf('=');
            sample.environment.put(assignment.substring(0, sign), assignment.substring(sign + 1));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PLUTO_WORLD_SIZE=4 PLUTO_RANK=3                                      | 3 of 4
            WORLD_SIZE=4 RANK=0                                                  | 0 of 4
            SLURM_NTASKS=64 SLURM_PROCID=63                                      | 63 of 64
            OMPI_COMM_WORLD_SIZE=2 OMPI_COMM_WORLD_RANK=1                        | 1 of 2
            PMI_SIZE=2 PMI_RANK=1                                                | 1 of 2
            KONDUKTOR_JOB_NAME=x NUM_NODES=2 RANK=1                              | 1 of 2
            NUM_NODES=2 RANK=0                                                   | 0 of 1
            PLUTO_WORLD_SIZE=1 WORLD_SIZE=4 RANK=3                               | 0 of 1
            PLUTO_WORLD_SIZE=8 PLUTO_RANK=5 WORLD_SIZE=4 RANK=3                  | 5 of 8
            WORLD_SIZE=4 RANK=3 SLURM_NTASKS=2 SLURM_PROCID=1                    | 3 of 4
            OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_RANK=3 SLURM_NTASKS=4 SLURM_PROCID=0 | 3 of 4
            WORLD_SIZE=1 RANK=0                                                  | 0 of 1
            SLURM_NTASKS=4                                                       | 0 of 1
            RANK=admin                                                           | 0 of 1
            """)
    void the_first_pair_that_makes_sense_counts(String environment, String part) {
        set(environment);

        assertThat(found()).isEqualTo(part);
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PLUTO_RANK=3                   | PLUTO_RANK is set without PLUTO_WORLD_SIZE, and is left out; set both
            PLUTO_WORLD_SIZE=3             | PLUTO_WORLD_SIZE is set without PLUTO_RANK, and is left out; set both
            PLUTO_RANK=4 PLUTO_WORLD_SIZE=4| PLUTO_WORLD_SIZE and PLUTO_RANK make this rank 4 of 4, which can't be: ranks count from 0; it counts as the only process
            RANK=9 WORLD_SIZE=4            | WORLD_SIZE and RANK make this rank 9 of 4, which can't be: ranks count from 0; it counts as the only process
            WORLD_SIZE=4                   | WORLD_SIZE is "4" and RANK is not set, so this process counts as the only one; correct RANK, or set PLUTO_WORLD_SIZE and PLUTO_RANK
            WORLD_SIZE=4 RANK=-1           | WORLD_SIZE is "4" and RANK is "-1", so this process counts as the only one; correct RANK, or set PLUTO_WORLD_SIZE and PLUTO_RANK
            WORLD_SIZE=many RANK=1         | WORLD_SIZE is "many" and RANK is "1", so this process counts as the only one; correct WORLD_SIZE, or set PLUTO_WORLD_SIZE and PLUTO_RANK
            """)
    void what_makes_no_sense_is_told_and_the_process_counts_as_the_only_one(String environment, String warning) {
        set(environment);

        assertThat(found()).isEqualTo("0 of 1");
        assertThat(warnings).containsExactly(warning);
    }

    @Test
    void P8_a_system_property_goes_before_the_environment() {
        set("PLUTO_WORLD_SIZE=4 PLUTO_RANK=3");
        sample.properties.put("pluto.rank", "2");

        assertThat(found()).isEqualTo("2 of 4");
    }

    @Test
    void junk_in_our_own_variables_is_told_by_the_settings() {
        set("PLUTO_WORLD_SIZE=many PLUTO_RANK=0");

        assertThat(found()).isEqualTo("0 of 1");
        assertThat(warnings).hasSize(1);
    }
}
