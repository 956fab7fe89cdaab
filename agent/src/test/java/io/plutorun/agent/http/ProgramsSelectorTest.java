package io.plutorun.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.fake.FakePluto;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** P3: a program may set a ProxySelector of its own, which the JDK asks for each connection. */
class ProgramsSelectorTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    /** Asks the JDK for its selector when its class is initialized, which must be before a test sets one. */
    private static final Transport DIRECT = Transport.DIRECT;

    private final @Nullable ProxySelector before = ProxySelector.getDefault();

    private static final class Failing extends ProxySelector {

        private final String how;

        Failing(String how) {
            this.how = how;
        }

        @Override
        @SuppressWarnings("NullAway") // as the program does it
        public List<Proxy> select(URI uri) {
            switch (how) {
                case "java.lang.AssertionError" -> throw new AssertionError("no message of the program's is asked for");
                case "java.lang.IllegalStateException" -> throw new IllegalStateException();
                default -> {
                    return null;
                }
            }
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
    }

    @AfterEach
    void setBack() {
        ProxySelector.setDefault(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.lang.AssertionError", "java.lang.IllegalStateException", "null"})
    void P3_one_that_fails_when_a_connection_is_made_is_named(String how) {
        try (FakePluto pluto = FakePluto.start()) {
            PlutoApi api = new PlutoApi(pluto.apiUrl(), null, null, pluto.apiKey(), "1", DIRECT);
            ProxySelector.setDefault(new Failing(how));

            Outcome<?> outcome = api.details(1, LONG);

            assertThat(outcome).isInstanceOf(Outcome.Unreachable.class);
            assertThat(outcome.words())
                    .startsWith("no connection to 127.0.0.1:" + pluto.apiUrl().getPort())
                    .contains("the program's ProxySelector, " + Failing.class.getName() + ",", how);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.lang.AssertionError", "java.lang.IllegalStateException", "null"})
    void P3_one_that_fails_before_is_named(String how) {
        ProxySelector.setDefault(new Failing(how));
        Transport transport = Transport.of(Map.of());

        assertThatThrownBy(() -> transport.check(URI.create("http://p.example")))
                .isInstanceOf(UnusableTransportException.class)
                .hasMessageContaining("the program's ProxySelector, " + Failing.class.getName() + ",")
                .hasMessageContaining(Objects.requireNonNull(how));
    }
}
