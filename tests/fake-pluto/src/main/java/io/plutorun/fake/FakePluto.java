package io.plutorun.fake;

import io.plutorun.fake.ingest.ContractViolations;
import io.plutorun.fake.ingest.IngestStore;
import io.plutorun.fake.ingest.LateReads;
import io.plutorun.fake.ingest.MetricSeries;
import io.plutorun.fake.ingest.RunData;
import io.plutorun.fake.storage.ObjectStorage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
    private final ContractViolations violations = new ContractViolations();
    private final IngestStore store = new IngestStore(violations);
    private final IngestAudit audit = new IngestAudit(table, store, violations);
    private final ObjectStorage storage = new ObjectStorage(
            clock::now,
            changes::happened,
            request -> violations.add("an API key is sent to the object storage", request));
    private final FileRoutes files = new FileRoutes(storage);
    private final HttpHost api;
    private final HttpHost ingest;
    private final HttpHost heartbeat;
    private final @Nullable URI statedAppUrl;

    FakePluto(FakePlutoBuilder builder) {
        LateReads late = builder.readableAfter == null ? null : new LateReads(builder.readableAfter);
        MetricReads metrics =
                new MetricReads(store, place -> late == null ? store.at(place) : late.at(place, clock.now()), table);
        RunsApi runs = new RunsApi(keys, table, clock, usage, metrics, files, builder.newProjectRaces);
        IngestApi lines = new IngestApi(keys, store, audit, files, (place, body) -> {
            if (late != null) {
                late.took(place, body, clock.now());
            }
        });
        HeartbeatApi beats = new HeartbeatApi(keys, table, reaper);
        statedAppUrl = builder.appUrl;
        api = new HttpHost(builder.host("api", builder.apiPort, true), runs::answer, faults, log, clock);
        ingest = new HttpHost(builder.host("ingest", builder.ingestPort, false), lines::answer, faults, log, clock);
        heartbeat = new HttpHost(
                builder.host("heartbeat", builder.heartbeatPort, false), beats::answer, faults, log, clock);
    }

    /** Plain http on three free ports. */
    public static FakePluto start() {
        return builder().start();
    }

    /** For fixed ports, TLS and the like. */
    public static FakePlutoBuilder builder() {
        return new FakePlutoBuilder();
    }

    /** Opens all ports. */
    FakePluto open() {
        try {
            api.start();
            ingest.start();
            heartbeat.start();
            return this;
        } catch (RuntimeException noPort) {
            close();
            throw noPort;
        }
    }

    /**
     * Ends all hosts, at once even when requests hang.
     *
     * @throws AssertionError when there are {@link #violations()}, once
     */
    @Override
    public void close() {
        try (api;
                ingest;
                heartbeat;
                storage) {
            // each is closed whatever happens to the others
        }
        List<String> wrong = takeViolations();
        if (!wrong.isEmpty()) {
            throw new AssertionError("the real service would have stored this wrongly, without a word:\n  "
                    + String.join("\n  ", wrong));
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

    /** The host that takes metrics, log lines and data. */
    public URI ingestUrl() {
        return ingest.url();
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

    /** Everything that arrived at any of the hosts, in order. */
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
        changes.await(() -> condition.test(this), atMost, this::summary);
    }

    private String summary() {
        return "the runs are\n" + table() + "and " + log.tail();
    }

    /** The runs as a text table. */
    public String table() {
        return RunsTable.render(runs(), clock.now(), run -> ingested(run.id()));
    }

    /** What the ingest host stored for a run: curves, string series, tables, histograms, log lines, duplicates counted. */
    public RunData ingested(long runId) {
        return store.at(place(runId));
    }

    /** One curve of a run; without values when none came. */
    public MetricSeries series(long runId, String name) {
        return ingested(runId).series(name);
    }

    /** The rows of a run's files, in the order in which they came. */
    public List<FileRow> files(long runId) {
        return files.at(place(runId));
    }

    /** Where the bytes of a file of a run lie; empty where they have not come. */
    public Optional<Path> fileBytes(long runId, FileRow row) {
        return Optional.ofNullable(storage.object(FileRoutes.key(place(runId), row)));
    }

    /** Where the bytes of files go. */
    public ObjectStorage storage() {
        return storage;
    }

    private IngestStore.Place place(long runId) {
        FakeRun run = run(runId);
        return new IngestStore.Place(run.organization(), runId, run.project());
    }

    /**
     * What the client did so far that the real service takes with a 200 and stores where nobody looks, or shows wrongly: a line for
     * each kind, with an example.
     */
    public List<String> violations() {
        return audit.violations();
    }

    /** The same, for a test that expects them: what is taken here {@link #close()} passes over. */
    public List<String> takeViolations() {
        return audit.take();
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

    /** Lets a run have metrics up to this step, as of now, without their values. */
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
        return seed.insert(project, name, keys.key(seed.keyRole), table);
    }
}
