package io.plutorun.agent.metrics;

import io.plutorun.agent.metrics.buffer.Backpressure;
import io.plutorun.agent.metrics.buffer.DiskBudget;
import io.plutorun.agent.metrics.buffer.MetricName;
import io.plutorun.agent.metrics.buffer.NameRules;
import io.plutorun.agent.metrics.buffer.NameTable;
import io.plutorun.agent.metrics.buffer.SegmentFiles;
import io.plutorun.agent.metrics.buffer.ValueKeeper;
import io.plutorun.agent.metrics.buffer.ValueStore;
import io.plutorun.agent.metrics.data.ConsoleLog;
import io.plutorun.agent.metrics.data.ConsoleReader;
import io.plutorun.agent.metrics.data.DataLog;
import io.plutorun.agent.metrics.data.DataReader;
import io.plutorun.agent.metrics.disk.Entry;
import io.plutorun.agent.metrics.disk.Folder;
import io.plutorun.agent.metrics.disk.Mark.Place;
import io.plutorun.agent.metrics.report.Loss;
import io.plutorun.agent.metrics.report.Losses;
import io.plutorun.agent.metrics.report.Notice;
import io.plutorun.agent.metrics.report.Notice.Kind;
import io.plutorun.agent.metrics.report.Notices;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one run logs: the program's threads call {@code log} and its like, from wherever they are; nothing of it throws or touches the disk.
 * A thread that logs faster than the disk takes it waits for room, as {@link Backpressure} says. {@link #reader} and {@link #dataReader} hand
 * on what was logged.
 *
 * <pre>
 * RunMetrics metrics = RunMetrics.open(MetricsOptions.of(folder, key), thread);
 * metrics.log("loss", 0.31);
 * metrics.close();
 * </pre>
 */
public final class RunMetrics implements RunValues {

    /** The largest step that the pages, which compute with JavaScript's numbers, tell from its neighbours. */
    public static final long MAX_STEP = (1L << 53) - 1;

    private final MetricsOptions options;
    private final MetricsThread thread;
    private final Losses losses = new Losses();
    private final Losses consoleLosses = new Losses();
    private final Notices notices = new Notices();
    private final NameTable names;
    private final NameTable dataNames;
    private final ValueStore values;
    private final ValueKeeper keeper;
    private final DataLog data;
    private final ConsoleLog console;
    private final MetricsWriter writer;
    private final DataValues dataValues;
    private final int ownStep;

    private RunMetrics(MetricsOptions options, MetricsThread thread, Consumer<Notice> told) {
        this.options = options;
        this.thread = thread;
        this.names = new NameTable(options.naming(), this::isDataName, losses, notices);
        this.dataNames = new NameTable(options.naming(), this::isMetricName, losses, notices);
        Backpressure backpressure = new Backpressure(thread::wake, thread::mayWaitForDisk);
        SegmentFiles files = new SegmentFiles(
                new Folder(options.folder()), options.runKey(), new DiskBudget(options.maxBytes()), backpressure);
        this.values = new ValueStore(backpressure, losses);
        this.keeper = new ValueKeeper(files, options.mayMap(), names, values, backpressure, losses, notices);
        this.data = new DataLog(options.folder(), options.maxBytes(), losses);
        StorableTexts texts = new StorableTexts(options.redactor(), notices);
        this.dataValues = new DataValues(data, texts, options.isResumed(), losses, thread);
        this.console = new ConsoleLog(
                options.folder(),
                options.maxBytes(),
                line -> NameRules.storableCharacters(options.lineRedactor().apply(line)),
                consoleLosses,
                () -> notices.tell(Kind.CONSOLE_CUT, "", ""));
        Silence silence = new Silence(names::lastTime);
        this.writer = new MetricsWriter(
                thread, options.folder(), keeper, data, console, losses, consoleLosses, notices, silence, told);
        this.ownStep = options.isResumed() ? Entry.RELATIVE_VALUE : Entry.VALUE;
    }

    /**
     * Opens the metrics of a run. The folder is made on the metrics thread.
     *
     * @param told hears what a person should be told, each thing once, on the metrics thread; must not block
     */
    public static RunMetrics open(MetricsOptions options, MetricsThread thread, Consumer<Notice> told) {
        RunMetrics metrics = new RunMetrics(options, thread, told);
        metrics.writer.start();
        return metrics;
    }

    private boolean isMetricName(String text) {
        return names.has(text);
    }

    private boolean isDataName(String text) {
        return dataNames.has(text);
    }

    /** Keeps a value, at the next of the name's own steps. */
    @Override
    public void log(@Nullable String name, double value) {
        MetricName metric = writer.isClosed() ? null : find(names, name);
        if (metric != null) {
            append(metric, ownStep, metric.nextStep(), value);
        }
    }

    /** Keeps a value at this step. */
    @Override
    public void log(@Nullable String name, double value, long step) {
        MetricName metric = writer.isClosed() ? null : find(names, name);
        if (metric != null && isStep(metric, step)) {
            append(metric, Entry.VALUE, step, value);
        }
    }

    private void append(MetricName metric, int kind, long step, double value) {
        try {
            values.append(metric, kind, step, value);
            thread.logged();
        } catch (RuntimeException | Error e) { // the program's thread was at the end of its own before
            losses.count(Loss.FAILED);
        }
    }

    /** Naming a new name needs memory, and runs the redactor; neither may disturb the program. */
    private @Nullable MetricName find(NameTable table, @Nullable String name) {
        try {
            return table.get(name);
        } catch (RuntimeException | Error e) {
            losses.count(Loss.FAILED);
            return null;
        }
    }

    private boolean isStep(MetricName metric, long step) {
        if (step >= 0 && step <= MAX_STEP) {
            return true;
        }
        losses.count(Loss.STEP);
        notices.tell(Kind.STEP_REFUSED, metric.text, "");
        return false;
    }

    /** Keeps a text of a string series, at the next of the name's own steps; what is longer than 200 characters is cut. */
    @Override
    public void text(@Nullable String name, String text) {
        MetricName series = writer.isClosed() ? null : find(dataNames, name);
        if (series != null) {
            dataValues.text(series, text);
        }
    }

    /** The same at this step. */
    @Override
    public void text(@Nullable String name, String text, long step) {
        MetricName series = writer.isClosed() ? null : find(dataNames, name);
        if (series != null && isStep(series, step)) {
            dataValues.text(series, step, text);
        }
    }

    /**
     * Keeps a table, at the next of the name's own steps.
     *
     * @param columns their names
     * @param rows at most 10,000; cells that are no number, no truth value and no null are kept as their text
     */
    @Override
    public void table(
            @Nullable String name,
            List<? extends @Nullable Object> columns,
            List<? extends @Nullable List<? extends @Nullable Object>> rows) {
        MetricName table = writer.isClosed() ? null : find(dataNames, name);
        if (table != null) {
            dataValues.table(table, columns, rows);
        }
    }

    /** Keeps a histogram of these values in 64 bins, at this step; nothing when none of them is finite. */
    @Override
    public void histogram(@Nullable String name, double[] samples, long step) {
        MetricName histogram = writer.isClosed() ? null : find(dataNames, name);
        if (histogram != null && isStep(histogram, step)) {
            dataValues.histogram(histogram, samples, step);
        }
    }

    @Override
    public void unreadable() {
        losses.count(Loss.FAILED);
    }

    @Override
    public void printed(String line, boolean isError) {
        if (!writer.isClosed()) {
            try {
                console.add(line, isError);
                thread.logged();
            } catch (RuntimeException | Error e) {
                consoleLosses.count(Loss.FAILED);
            }
        }
    }

    /** How many values are not in a file yet. */
    public int waiting() {
        return values.waiting();
    }

    /** Waits until all that was logged before is in the files; false when that took too long. Not for the program's threads. */
    public boolean flush(Duration atMost) throws InterruptedException {
        return writer.flush(atMost);
    }

    /** Takes nothing more, and has what there is written. Does not wait; see {@link #awaitDone}. */
    public void close() {
        close(() -> {});
    }

    /**
     * The same.
     *
     * @param then called on the thread of the metrics when all is written, or can't be; must not block
     */
    public void close(Runnable then) {
        writer.close(then);
    }

    /** Waits until all is written after {@link #close}; false when that took too long. */
    public boolean awaitDone(Duration atMost) throws InterruptedException {
        return writer.awaitDone(atMost);
    }

    /** Gives up what is in no file yet, since the disk does not answer and the JVM ends: it is counted as lost. From any thread. */
    public void giveUp() {
        writer.countUnwritten(Loss.DISK_HUNG);
    }

    /** Whether it is closed and all is written. */
    public boolean isDone() {
        return writer.isDone();
    }

    /** Where the files are. The folder is made when the first of them is. */
    public Path folder() {
        return options.folder();
    }

    /** A reader of the values that were not sent yet; one at a time. */
    public MetricReader reader() throws IOException {
        return new MetricReader(options.folder(), this::isDone, this::sent);
    }

    /** A reader of texts, tables and histograms that were not sent yet; one at a time. */
    public DataReader dataReader() throws IOException {
        return DataReader.of(options.folder(), this::isDone, data);
    }

    /**
     * A reader of printed lines that were not sent yet; one at a time.
     *
     * @param before the number behind which they are numbered
     */
    public ConsoleReader consoleReader(long before) throws IOException {
        return ConsoleReader.of(options.folder(), before, this::isDone, console);
    }

    private void sent(Place upTo) {
        keeper.sent(upTo);
    }

    /** What is not kept, by reason. */
    public Losses losses() {
        return losses;
    }

    /** Which printed lines are not kept, by reason. */
    public Losses consoleLosses() {
        return consoleLosses;
    }

    /** The last values of the names that were logged last, details behind all others, and none of the system. */
    public List<Map.Entry<String, Double>> lastValues(int atMost) {
        return names.lastValues(atMost);
    }
}
