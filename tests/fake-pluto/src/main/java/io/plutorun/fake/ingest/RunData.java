package io.plutorun.fake.ingest;

import java.util.ArrayList;
import java.util.List;

/** Everything that arrived under one organization, run id and project name. May be read from any thread while more arrives. */
public final class RunData {

    private final NameTable metrics = new NameTable();
    private final List<DataRow> rows = new ArrayList<>();
    private final List<LogLine> lines = new ArrayList<>();
    private long highestStep;
    private long newestTime;
    private long lineId;
    private boolean hasMetrics;

    RunData() {}

    // ---- for tests to read

    /** The metrics that have a value, in the order in which they first came. */
    public synchronized List<String> metricNames() {
        return metrics.all().stream()
                .filter(series -> !series.isEmpty())
                .map(SeriesBuffer::name)
                .toList();
    }

    /** The curve of a metric; without values when none came. */
    public synchronized MetricSeries series(String name) {
        return metrics.find(name)
                .map(SeriesBuffer::snapshot)
                .orElseGet(() ->
                        new MetricSeries(name, new long[0], new long[0], new double[0], new Arrivals(0, 0, 0, 0)));
    }

    /** All curves, in the order of {@link #metricNames}. */
    public synchronized List<MetricSeries> allSeries() {
        return metrics.all().stream()
                .filter(series -> !series.isEmpty())
                .map(SeriesBuffer::snapshot)
                .toList();
    }

    /** What came for all metrics together. */
    public synchronized Arrivals arrivals() {
        return metrics.all().stream().map(SeriesBuffer::arrivals).reduce(new Arrivals(0, 0, 0, 0), Arrivals::plus);
    }

    /** The texts of a string series, in the order of arrival. */
    public List<DataRow> strings(String name) {
        return rows("string-series", name);
    }

    /** The tables of a name, in the order of arrival. */
    public List<DataRow> tables(String name) {
        return rows("TABLE", name);
    }

    /** The histograms of a name, in the order of arrival. */
    public List<DataRow> histograms(String name) {
        return rows("HISTOGRAM", name);
    }

    private List<DataRow> rows(String type, String name) {
        return rows().stream()
                .filter(row -> row.type().equals(type) && row.name().equals(name))
                .toList();
    }

    /** Every row of {@code /ingest/data}, in the order of arrival. */
    public synchronized List<DataRow> rows() {
        return List.copyOf(rows);
    }

    /** The console, in the order of arrival. */
    public synchronized List<LogLine> logLines() {
        return List.copyOf(lines);
    }

    public synchronized boolean hasMetrics() {
        return hasMetrics;
    }

    /** The largest step of all metrics, unsigned; 0 when there are none, as the database's {@code max} says. */
    public synchronized long highestStep() {
        return highestStep;
    }

    /** The newest time of all metrics, in milliseconds, unsigned; 0 when there are none. */
    public synchronized long newestTime() {
        return newestTime;
    }

    // ---- for the parsers, which hold the lock for a whole request

    /** Another number for each line of metrics. */
    long nextLineId() {
        return ++lineId;
    }

    NameTable metrics() {
        return metrics;
    }

    void sawMetric(long step, long time) {
        hasMetrics = true;
        if (Long.compareUnsigned(step, highestStep) > 0) {
            highestStep = step;
        }
        if (Long.compareUnsigned(time, newestTime) > 0) {
            newestTime = time;
        }
    }

    void add(DataRow row) {
        rows.add(row);
    }

    void add(LogLine line) {
        lines.add(line);
    }
}
