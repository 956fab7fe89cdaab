package io.plutorun.fake;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A Pluto server of one's own, on 127.0.0.1, for as long as a test or a demo lasts.
 *
 * <pre>{@code
 * try (FakePluto pluto = FakePluto.start()) {
 *     launchClient(pluto.environment());
 *     pluto.await(p -> p.runs().size() == 1, Duration.ofSeconds(10));
 *     assertThat(pluto.runs().get(0).status()).isEqualTo(RunStatus.COMPLETED);
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread.
 */
public final class FakePluto implements AutoCloseable {

    private final Changes changes = new Changes();
    private final TestClock clock = new TestClock(changes);
    private final FaultPlan faults = new FaultPlan();
    private final ExchangeLog log = new ExchangeLog(changes);
    private final UsageStore usage = new UsageStore();
    private final ApiKeys keys = new ApiKeys(clock);
    private final RunTable table = new RunTable(clock, changes, () -> appUrl().toString());
    private final Reaper reaper = new Reaper(table, clock);
    private final HttpHost api;
    private final HttpHost heartbeat;
    private final @Nullable URI statedAppUrl;

    private FakePluto(Builder builder) {
        RunsApi runs = new RunsApi(keys, table, clock, usage, builder.newProjectRaces);
        HeartbeatApi beats = new HeartbeatApi(keys, table, reaper);
        statedAppUrl = builder.appUrl;
        api = new HttpHost(builder.host("api", builder.apiPort, true), runs::answer, faults, log, clock);
        heartbeat = new HttpHost(
                builder.host("heartbeat", builder.heartbeatPort, false), beats::answer, faults, log, clock);
    }

    /** Plain http on two free ports. */
    public static FakePluto start() {
        return builder().start();
    }

    /** For fixed ports, TLS and the like. */
    public static Builder builder() {
        return new Builder();
    }

    /** How a {@link FakePluto} shall be. */
    public static final class Builder {
        private int apiPort;
        private int heartbeatPort;
        private int newProjectRaces;
        private @Nullable SSLSocketFactory tls;
        private @Nullable List<Protocol> protocols;
        private @Nullable URI appUrl;

        private Builder() {}

        /** 0, the default, for any free one. */
        public Builder apiPort(int port) {
            apiPort = port;
            return this;
        }

        /** 0, the default, for any free one. */
        public Builder heartbeatPort(int port) {
            heartbeatPort = port;
            return this;
        }

        /** Both hosts speak https. */
        public Builder tls(SSLSocketFactory factory) {
            tls = factory;
            return this;
        }

        /** For example HTTP/2 with {@link #tls}; HTTP/1.1 must be among them. */
        public Builder protocols(Protocol... all) {
            protocols = List.of(all);
            return this;
        }

        /** What the web pages' addresses begin with, when it is not the API host's address. No trailing slash. */
        public Builder appUrl(URI url) {
            appUrl = url;
            return this;
        }

        /**
         * The {@code losers} creates that follow the one which made a project answer 500, once each, without effect: what the real
         * server does to some of a burst of creates in a project that does not exist yet.
         */
        public Builder newProjectRaces(int losers) {
            newProjectRaces = losers;
            return this;
        }

        private HttpHost.Settings host(String name, int port, boolean compresses) {
            return new HttpHost.Settings(name, port, compresses, tls, protocols);
        }

        /**
         * Opens both ports.
         *
         * @throws java.io.UncheckedIOException when one is taken
         */
        public FakePluto start() {
            FakePluto pluto = new FakePluto(this);
            try {
                pluto.api.start();
                pluto.heartbeat.start();
                return pluto;
            } catch (RuntimeException noPort) {
                pluto.close();
                throw noPort;
            }
        }
    }

    /** Ends both hosts, at once even when requests hang. */
    @Override
    public void close() {
        try {
            api.close();
        } finally {
            heartbeat.close();
        }
    }

    // ---- addresses

    /** The main API. No trailing slash, here and below. */
    public URI apiUrl() {
        return api.url();
    }

    /** The web pages, where a run's URL points. */
    public URI appUrl() {
        return statedAppUrl == null ? api.url() : statedAppUrl;
    }

    /** The metrics host: the API host, which knows none of its routes. */
    public URI ingestUrl() {
        return api.url();
    }

    /** The Python health service. */
    public URI heartbeatUrl() {
        return heartbeat.url();
    }

    /** What a client needs in its environment to come here. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PLUTO_API_KEY", apiKey());
        environment.put("PLUTO_URL_APP", appUrl().toString());
        environment.put("PLUTO_URL_API", apiUrl().toString());
        environment.put("PLUTO_URL_INGEST", ingestUrl().toString());
        environment.put("PLUTO_URL_PY", heartbeatUrl().toString());
        return environment;
    }

    // ---- keys

    /** A key that opens everything of the first organization, {@code org-one}. */
    public String apiKey() {
        return keys.secret("valid");
    }

    /** As good as {@link #apiKey()}, of the kind that begins with {@code mlpi_}. */
    public String insecureKey() {
        return keys.secret("valid-insecure");
    }

    /** A good key of {@code org-two}. */
    public String otherOrganizationKey() {
        return keys.secret("org2");
    }

    /** A good key with an expiry far ahead. */
    public String futureKey() {
        return keys.secret("future");
    }

    /** Expired yesterday. */
    public String expiredKey() {
        return keys.secret("expired");
    }

    /** Revoked; the heartbeat host takes it all the same. */
    public String revokedKey() {
        return keys.secret("revoked");
    }

    /** Well-formed and never given out. */
    public String unknownKey() {
        return keys.secret("unknown");
    }

    /** Of an organization over its data limit. */
    public String overLimitKey() {
        return keys.secret("over-limit");
    }

    /** Of an organization without a subscription. */
    public String noSubscriptionKey() {
        return keys.secret("no-subscription");
    }

    /** The key that plays {@code role} in the recorded exchanges, for example {@code valid-insecure}. */
    public String keyInRole(String role) {
        return keys.secret(role);
    }

    // ---- what there is

    /** All runs of all organizations, oldest first. */
    public List<FakeRun> runs() {
        return table.snapshots();
    }

    /**
     * The run with this id.
     *
     * @throws IllegalArgumentException when there is none
     */
    public FakeRun run(long id) {
        return runs().stream()
                .filter(run -> run.id() == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no run " + id));
    }

    /** By display id, the oldest when there are several. */
    public Optional<FakeRun> findRun(String displayId) {
        return runs().stream().filter(run -> run.displayId().equals(displayId)).findFirst();
    }

    /** Everything that arrived at either host, in order. */
    public List<Exchange> exchanges() {
        return log.all();
    }

    /** Everything that arrived at {@code path} (compared without query), in order. */
    public List<Exchange> exchanges(String path) {
        return exchanges().stream()
                .filter(exchange ->
                        exchange.path().equals(path) || exchange.path().startsWith(path + "?"))
                .toList();
    }

    /**
     * Waits, woken by every change of state, until {@code condition} holds.
     *
     * @throws AssertionError when it does not hold within {@code atMost} of real time; it shows the runs there are
     */
    public void await(Predicate<FakePluto> condition, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            long seen = changes.count();
            if (condition.test(this)) {
                return;
            }
            try {
                if (!changes.awaitMoreThan(seen, deadline)) {
                    throw new AssertionError("not within " + atMost.toMillis() + " ms; " + summary());
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted; " + summary(), stop);
            }
        }
    }

    private String summary() {
        StringBuilder last = new StringBuilder();
        List<Exchange> all = exchanges();
        all.subList(Math.max(0, all.size() - 10), all.size())
                .forEach(exchange -> last.append("  ")
                        .append(exchange.method())
                        .append(' ')
                        .append(exchange.path())
                        .append(" -> ")
                        .append(exchange.status())
                        .append(exchange.fault() == null ? "" : " " + exchange.fault())
                        .append('\n'));
        return "the runs are\n" + table() + "and the last of " + all.size() + " requests\n" + last;
    }

    /** The runs as a text table. */
    public String table() {
        return RunsTable.render(runs(), clock.now());
    }

    // ---- what happens to a server

    /** What goes wrong. */
    public FaultPlan faults() {
        return faults;
    }

    /** The server's clock, for a test to turn. */
    public TestClock clock() {
        return clock;
    }

    /**
     * One sweep of the stale-run reaper at the clock's present moment.
     *
     * @return how many runs were failed
     * @throws IllegalStateException when a running run's loggerSettings break the sweep for everybody
     */
    public int reap() {
        return reaper.sweep();
    }

    /** The cancel button of the web page: the run's next heartbeat, and every later one, cancels it. */
    public void cancel(long runId) {
        write(runId, run -> run.cancelRequested = true);
    }

    /** Lets a run have metrics up to this step, as of now. */
    public void recordMetrics(long runId, long highestStep) {
        write(runId, run -> {
            run.highestStep = highestStep;
            run.lastMetric = clock.now();
        });
    }

    /** Takes the second database away (or gives it back), without which no new run can be made. */
    public void usageStoreDown(boolean down) {
        usage.down(down);
    }

    private void write(long runId, Consumer<RunRow> change) {
        table.locked(() -> {
            change.accept(table.get(runId));
            return runId;
        });
    }

    /** Puts a run there that nobody asked for over HTTP. */
    public long seedRun(String project, String name) {
        return seedRun(project, name, seed -> {});
    }

    /** Puts a run there that nobody asked for over HTTP, for example {@code seedRun("p", "n", s -> s.externalId("e"))}. */
    public long seedRun(String project, String name, Consumer<RunSeed> details) {
        RunSeed seed = new RunSeed();
        details.accept(seed);
        ApiKey key = keys.key(seed.keyRole);
        return table.locked(() -> {
            Instant at = seed.createdAt == null ? clock.now() : seed.createdAt;
            ProjectRow existing = table.findProject(key.organization(), project);
            ProjectRow row = existing == null ? table.addProject(key.organization(), project, at, at) : existing;
            RunRow run = table.insert(
                    row,
                    row.drawNumber(at),
                    new RunRow.NewRun(name, seed.externalId, seed.tags, at, at, null, null),
                    key);
            run.config = Json.column(seed.config);
            run.systemMetadata = Json.column(seed.systemMetadata);
            run.loggerSettings = Json.column(seed.loggerSettings);
            if (seed.status.isTerminal()) {
                table.transition(run, seed.status, "api", null, null, key);
            }
            return run.id;
        });
    }
}
