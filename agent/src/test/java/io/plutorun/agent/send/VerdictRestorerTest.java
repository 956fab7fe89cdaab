package io.plutorun.agent.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.http.Transport;
import io.plutorun.fake.FakePluto;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictRestorerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final FakePluto pluto = FakePluto.start();
    private final PlutoApi api = new PlutoApi(
            pluto.apiUrl(), pluto.heartbeatUrl(), pluto.ingestUrl(), pluto.apiKey(), "1", Transport.DIRECT);
    private final long run = pluto.seedRun("world", "training");

    @AfterEach
    void close() {
        pluto.close();
    }

    private void ended(RunStatus verdict) {
        api.updateStatus(run, verdict, Map.of("why", "ours"), null, TIMEOUT);
    }

    /** A process comes to the run, this long after it was started. */
    private String statusAfterOneOfAge(Duration age) {
        api.resume(new RunReference.ByRunId(run), TIMEOUT);
        Instant now = Instant.now();
        new VerdictRestorer(api, TIMEOUT).restoreGivenSince(run, now.minus(age), now);
        return pluto.run(run).status().name();
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "FAILED"})
    void P5_a_verdict_that_was_given_while_it_started_is_put_back_with_its_evidence(RunStatus verdict) {
        ended(verdict);

        assertThat(statusAfterOneOfAge(Duration.ofMinutes(1))).isEqualTo(verdict.name());
        assertThat(pluto.run(run).statusMetadata()).containsEntry("why", "ours");
        assertThat(statusAfterOneOfAge(Duration.ofMinutes(1)))
                .as("the next one")
                .isEqualTo(verdict.name());
    }

    @Test
    void a_verdict_of_the_jobs_former_life_is_what_it_goes_on_from() {
        ended(RunStatus.FAILED);

        assertThat(statusAfterOneOfAge(Duration.ofMinutes(-1))).isEqualTo("RUNNING");
    }

    @Test
    void a_verdict_that_was_in_force_for_longer_than_the_process_lives_is_older_whatever_its_clock_says() {
        ended(RunStatus.FAILED);
        pluto.clock().advance(Duration.ofMinutes(5));

        assertThat(statusAfterOneOfAge(Duration.ofMinutes(1))).isEqualTo("RUNNING");
    }

    @Test
    void a_preempted_run_is_gone_on_with_however_quickly_it_is_started_again() {
        ended(RunStatus.TERMINATED);

        assertThat(statusAfterOneOfAge(Duration.ofMinutes(1))).isEqualTo("RUNNING");
    }

    @Test
    void a_run_that_nobody_has_ended_goes_on() {
        assertThat(statusAfterOneOfAge(Duration.ofMinutes(1))).isEqualTo("RUNNING");
    }
}
