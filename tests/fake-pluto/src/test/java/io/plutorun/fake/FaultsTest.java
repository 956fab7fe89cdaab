package io.plutorun.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong on purpose goes wrong in just that way. */
class FaultsTest {

    private static final String CREATE = "/api/runs/create";

    private final FakePluto pluto = FakePluto.start();
    private final Client client = new Client(pluto);

    @AfterEach
    void close() {
        pluto.close();
    }

    @Test
    void aLostAnswerLeavesARunThatTheRetryResumes() throws Exception {
        // Always, since the JDK's client may itself try again once.
        pluto.faults().always(CREATE, Fault.dropAfterProcessing());
        assertThatThrownBy(() -> client.create("job-1")).isInstanceOf(IOException.class);
        pluto.faults().clear();

        assertThat(pluto.runs()).hasSize(1);
        assertThat(client.create("job-1").get("resumed").asBoolean()).isTrue();
        assertThat(pluto.runs()).hasSize(1);
        assertThat(pluto.exchanges(CREATE).get(0).status()).isEqualTo(-1);
        assertThat(pluto.exchanges(CREATE).get(0).fault()).isEqualTo(Fault.dropAfterProcessing());
    }

    @Test
    void aLostRequestLeavesNothing() {
        pluto.faults().always(CREATE, Fault.dropBeforeProcessing());

        assertThatThrownBy(() -> client.create("job-1")).isInstanceOf(IOException.class);
        assertThat(pluto.runs()).isEmpty();
    }

    @Test
    void plannedFaultsGoInOrderAndThenAllIsWell() throws Exception {
        pluto.faults()
                .next(CREATE, Fault.status(503, "{\"error\":\"busy\"}"))
                .next(CREATE, Fault.redirect("http://127.0.0.1:1/"))
                .next(CREATE, Fault.body("text/html", "<html>"))
                .next(CREATE, Fault.statusAfterProcessing(504, "gateway"));

        assertThat(codeOfCreate()).isEqualTo(503);
        assertThat(codeOfCreate()).isEqualTo(308);
        assertThat(codeOfCreate()).isEqualTo(200);
        assertThat(pluto.runs()).isEmpty();
        assertThat(codeOfCreate()).isEqualTo(504);
        assertThat(pluto.runs()).hasSize(1);
        assertThat(client.create("job-1").get("resumed").asBoolean()).isTrue();
    }

    private int codeOfCreate() throws IOException, InterruptedException {
        return client.send(pluto.apiUrl(), CREATE, Client.createBody("job-1")).statusCode();
    }

    @Test
    void anAnswerThatEndsInTheMiddleIsAnError() {
        pluto.faults().always(CREATE, Fault.truncatedBody());
        assertThatThrownBy(() -> client.create("job-1")).isInstanceOf(IOException.class);

        pluto.faults().always(CREATE, Fault.resetMidAnswer());
        assertThatThrownBy(() -> client.create("job-1"))
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("reset");
        assertThat(pluto.runs()).hasSize(1);
    }

    @Test
    void aSlowBodyArrivesWhole() throws Exception {
        pluto.faults().next(CREATE, Fault.slowBody(2000));

        assertThat(client.create("job-1").get("displayId").asText()).isEqualTo("MPR-1");
    }

    @Test
    void aDelayedAnswerArrives() throws Exception {
        pluto.faults().always(Fault.delay(Duration.ofMillis(1)));

        assertThat(client.create("job-1").get("displayId").asText()).isEqualTo("MPR-1");
    }

    private static List<Thread> serverThreadsAfter(Duration grace) throws InterruptedException {
        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("MockWebServer"))
                .toList();
        long deadline = System.nanoTime() + grace.toNanos();
        for (Thread thread : threads) {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
        return threads.stream().filter(Thread::isAlive).toList();
    }

    @Test
    void closingIsQuickEvenWhenRequestsHang() throws Exception {
        pluto.faults().next(CREATE, Fault.hangAfterProcessing()).next(CREATE, Fault.hang());
        pluto.faults().next(CREATE, Fault.slowBody(1)).always(CREATE, Fault.delay(Duration.ofHours(1)));
        HttpClient http = HttpClient.newHttpClient();
        for (int i = 0; i < 4; i++) {
            var unused = http.sendAsync(
                    client.request(pluto.apiUrl(), CREATE, Client.createBody("job-1")), BodyHandlers.ofString());
        }
        pluto.await(p -> p.exchanges().size() == 4, Duration.ofSeconds(10));

        long before = System.nanoTime();
        pluto.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        assertThat(serverThreadsAfter(Duration.ofSeconds(5))).isEmpty();
    }
}
