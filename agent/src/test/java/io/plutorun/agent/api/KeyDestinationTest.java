package io.plutorun.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.http.Transport;
import io.plutorun.fake.Exchange;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** P7: an API key goes to the configured hosts and nowhere else, whatever these answer. */
class KeyDestinationTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final FakePluto pluto = FakePluto.start();
    private final FakePluto stranger = FakePluto.start();

    private static List<Outcome<?>> all(PlutoApi api) {
        return List.of(
                api.resume(new RunReference.ByRunId(1), LONG),
                api.updateStatus(1, RunStatus.COMPLETED, null, null, LONG),
                api.updateTags(1, List.of("t"), LONG),
                api.updateConfig(1, Map.of("a", 1), LONG),
                api.details(1, LONG),
                api.statusHistory(1, LONG),
                api.beat(1, LONG));
    }

    @Test
    void P7_no_redirect_takes_it_to_another_host() {
        try (pluto;
                stranger) {
            for (int status : new int[] {301, 302, 303, 307, 308}) {
                pluto.faults().clear();
                pluto.faults()
                        .always(Fault.status(
                                status,
                                Map.of("Location", stranger.apiUrl() + "/api/runs/details/1"),
                                "text/plain",
                                ""));
                PlutoApi api = new PlutoApi(
                        pluto.apiUrl(), pluto.heartbeatUrl(), pluto.ingestUrl(), pluto.apiKey(), "1", Transport.DIRECT);
                assertThat(all(api)).hasOnlyElementsOfType(Outcome.Rejected.class);
            }
            assertThat(stranger.exchanges()).isEmpty();
        }
    }

    @Test
    void P7_without_a_heartbeat_host_no_other_gets_the_beat() {
        try (pluto;
                stranger) {
            PlutoApi api = new PlutoApi(
                    pluto.apiUrl(),
                    stranger.heartbeatUrl(),
                    stranger.ingestUrl(),
                    pluto.apiKey(),
                    "1",
                    Transport.DIRECT);
            all(api);
            assertThat(pluto.exchanges()).extracting(Exchange::host).containsOnly("api");
            assertThat(stranger.exchanges()).extracting(Exchange::path).containsExactly("/api/runs/trigger");
            assertThat(stranger.exchanges()).extracting(Exchange::host).containsOnly("heartbeat");
        }
    }
}
