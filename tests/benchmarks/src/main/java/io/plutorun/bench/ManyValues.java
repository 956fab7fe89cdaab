package io.plutorun.bench;

import io.plutorun.bench.programs.LogSteadily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Very many values: as fast as a server takes them, and while there is none. */
final class ManyValues {

    private static final int RATE = 320_000;

    private static final int SECONDS = 60;

    private static final int FEW = 400;

    private static final int FEW_SECONDS = 10;

    private static final int HEAP_SUSTAINED = 20;

    private static final int WHILE_AWAY = 10_000_000;

    /** The program's own heap needs less. */
    private static final int HEAP_WITHOUT_AGENT = 8;

    private ManyValues() {}

    /** A minute at a steady rate, to a server that keeps up. Both heaps are small, else the JVM would let garbage lie. */
    static String sustained(Jdk jdk) throws IOException {
        try (Server server = Server.http();
                ValueSink sink = new ValueSink(LogSteadily.NAME)) {
            Report base = Report.of(tracked(jdk, FEW_SECONDS, FEW, server, sink).run());
            long few = sink.values();
            Report report = Report.of(tracked(jdk, SECONDS, RATE, server, sink).run());
            return String.format(
                    Locale.ROOT,
                    "%,.0f a second; %,d of %,d arrived, the last %.1f s after it was logged; %+.0f MiB (to %.0f)",
                    RATE * SECONDS / report.seconds(),
                    sink.values() - few,
                    RATE * SECONDS,
                    (sink.lastArrival() - report.end()) / 1e3,
                    (report.peakKilobytes() - base.peakKilobytes()) / 1024,
                    base.peakKilobytes() / 1024);
        }
    }

    private static Child tracked(Jdk jdk, int seconds, int rate, Server server, ValueSink sink) {
        return server.found(logging(jdk, rate * seconds, rate).agent(Place.agent()))
                .option("-Xmx" + HEAP_SUSTAINED + "m")
                .environment(Map.of("PLUTO_URL_INGEST", sink.url(), "PLUTO_SHUTDOWN_TIMEOUT", "60s"));
    }

    /** As fast as it can, while nobody takes values, in a heap of 32 MiB more than the program has without the agent; then {@code sync}. */
    static String whileAway(Jdk jdk) throws IOException {
        Path records = Place.folder().resolve("away-" + jdk.feature());
        try (Server server = Server.http();
                ValueSink sink = new ValueSink(LogSteadily.NAME)) {
            Child.Run base = logging(jdk, WHILE_AWAY, 0)
                    .option("-Xmx" + HEAP_WITHOUT_AGENT + "m")
                    .run();
            Map<String, String> away = new HashMap<>(Map.of(
                    "PLUTO_DIR", records.toString(),
                    "PLUTO_URL_INGEST", "http://127.0.0.1:1",
                    "PLUTO_SHUTDOWN_TIMEOUT", "1s"));
            Child.Run run = server.found(logging(jdk, WHILE_AWAY, 0).agent(Place.agent()))
                    .option("-Xmx" + (HEAP_WITHOUT_AGENT + 32) + "m")
                    .environment(away)
                    .run();
            away.put("PLUTO_URL_INGEST", sink.url());
            Child sync = server.found(Child.ofJar(jdk, Place.agent(), "sync")).environment(away);
            long start = System.nanoTime();
            sync.run();
            return String.format(
                    Locale.ROOT,
                    "%,d logged in %.1f s with -Xmx%dm (%.1f s and -Xmx%dm without the agent); %,d arrived by `sync` in %.1f s",
                    WHILE_AWAY,
                    Report.of(run).seconds(),
                    HEAP_WITHOUT_AGENT + 32,
                    Report.of(base).seconds(),
                    HEAP_WITHOUT_AGENT,
                    sink.values(),
                    (System.nanoTime() - start) / 1e9);
        } finally {
            Place.delete(records);
        }
    }

    private static Child logging(Jdk jdk, int values, int rate) {
        return Child.of(jdk, LogSteadily.class, "" + values, "" + rate);
    }

    /**
     * What {@link LogSteadily} tells.
     *
     * @param end when the last value was logged, in milliseconds since 1970
     * @param seconds how long all took
     * @param peakKilobytes how much memory the process took at most
     */
    private record Report(long end, double seconds, double peakKilobytes) {

        static Report of(Child.Run run) {
            String[] lines = run.stdout().strip().split("\n", -1);
            return new Report(Long.parseLong(lines[0]), Double.parseDouble(lines[1]), Double.parseDouble(lines[2]));
        }
    }
}
