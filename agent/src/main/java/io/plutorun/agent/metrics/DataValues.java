package io.plutorun.agent.metrics;

import io.plutorun.agent.metrics.buffer.MetricName;
import io.plutorun.agent.metrics.data.DataKind;
import io.plutorun.agent.metrics.data.DataLog;
import io.plutorun.agent.metrics.data.HistogramJson;
import io.plutorun.agent.metrics.data.TableJson;
import io.plutorun.agent.metrics.report.Loss;
import io.plutorun.agent.metrics.report.Losses;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts, tables and histograms of one run: made ready on the program's threads, where nothing of it may throw. */
final class DataValues {

    private final DataLog log;
    private final StorableTexts texts;
    private final boolean isResumed;
    private final Losses losses;
    private final MetricsThread thread;

    DataValues(DataLog log, StorableTexts texts, boolean isResumed, Losses losses, MetricsThread thread) {
        this.log = log;
        this.texts = texts;
        this.isResumed = isResumed;
        this.losses = losses;
        this.thread = thread;
    }

    void text(MetricName series, String text) {
        text(series, series.nextStep(), isResumed, text);
    }

    void text(MetricName series, long step, String text) {
        text(series, step, false, text);
    }

    private void text(MetricName series, long step, boolean isRelative, String text) {
        try {
            log.add(DataKind.STRING_SERIES, series.text, step, isRelative, texts.ofSeries(series, text));
            thread.logged();
        } catch (RuntimeException | Error e) {
            losses.count(Loss.FAILED);
        }
    }

    void table(
            MetricName table,
            List<? extends @Nullable Object> columns,
            List<? extends @Nullable List<? extends @Nullable Object>> rows) {
        try {
            String json = TableJson.of(texts.columns(columns), texts.cells(table, rows));
            log.add(DataKind.TABLE, table.text, table.nextStep(), isResumed, json);
            thread.logged();
        } catch (RuntimeException | Error e) { // the program's own toString() as well
            losses.count(Loss.FAILED);
        }
    }

    void histogram(MetricName histogram, double[] samples, long step) {
        try {
            String json = HistogramJson.of(samples);
            if (json != null) {
                log.add(DataKind.HISTOGRAM, histogram.text, step, false, json);
                thread.logged();
            }
        } catch (RuntimeException | Error e) {
            losses.count(Loss.FAILED);
        }
    }
}
