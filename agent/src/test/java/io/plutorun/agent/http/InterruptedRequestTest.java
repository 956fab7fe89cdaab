package io.plutorun.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.host.AgentThreads;
import io.plutorun.fake.FakePluto;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A program that interrupts every thread of the JVM. */
class InterruptedRequestTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final FakePluto pluto = FakePluto.start();
    private final CountDownLatch isOver = new CountDownLatch(1);
    private volatile @Nullable Thread interruptedAtConnect;

    @AfterEach
    void close() {
        isOver.countDown();
        pluto.close();
    }

    private Http http() {
        return new Http(pluto.apiKey(), true, "test", Transport.DIRECT, new Sockets(), () -> {});
    }

    private Outcome<HttpAnswer> send(Http http) {
        return http.send(HttpRequest.get(URI.create(pluto.apiUrl() + "/api/runs/projects")), LONG);
    }

    private static <T> T onAgentsThread(Supplier<T> task) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        new AgentThreads("test")
                .newThread(() -> {
                    try {
                        result.complete(task.get());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                })
                .start();
        return result.get(LONG.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Test
    void P1_P6_a_thread_of_the_agents_that_was_interrupted_sends_as_ever() throws Exception {
        Outcome<HttpAnswer> outcome = onAgentsThread(() -> {
            Thread.currentThread().interrupt();
            return send(http());
        });

        assertThat(outcome).isInstanceOf(Outcome.Answer.class);
    }

    @Test
    void P1_P6_a_request_that_is_interrupted_has_an_outcome_that_says_so_and_the_next_one_is_sent() throws Exception {
        List<Outcome<HttpAnswer>> outcomes = onAgentsThread(() -> {
            Http http = http();
            interruptedAtConnect = Thread.currentThread();
            return List.of(send(http), send(http));
        });

        assertThat(outcomes.get(0).words()).endsWith("was interrupted by the program");
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Answer.class);
    }

    @Test
    void P1_a_thread_of_the_programs_stays_interrupted() {
        Http http = http();
        interruptedAtConnect = Thread.currentThread();

        Outcome<HttpAnswer> outcome = send(http);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome.words()).endsWith("was interrupted by the program");
    }

    /** The first connection is never made: the thread that waits for it is interrupted. */
    private final class Sockets extends SocketFactory {

        @Override
        public Socket createSocket() throws IOException {
            Thread waiting = interruptedAtConnect;
            if (waiting != null) {
                interruptedAtConnect = null;
                waiting.interrupt();
                try {
                    isOver.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("as intended");
            }
            return SocketFactory.getDefault().createSocket();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
