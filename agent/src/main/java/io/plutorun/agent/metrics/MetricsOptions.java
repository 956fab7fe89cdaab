package io.plutorun.agent.metrics;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * What a run's metrics are made with.
 *
 * @param folder where this process keeps what it logs for the run; no other process may write there
 * @param runKey how the run is known on disk
 * @param maxBytes how much of the disk what is not sent yet may take
 * @param isResumed whether the run may have values of an earlier process, so that own steps wait until their beginning is known
 * @param mayMap whether memory may be mapped where the file system allows it
 * @param naming what every name passes through once, such as a rank's prefix and the redactor
 * @param redactor what every text passes through
 * @param lineRedactor what every printed line passes through, one behind the other
 */
public record MetricsOptions(
        Path folder,
        String runKey,
        long maxBytes,
        boolean isResumed,
        boolean mayMap,
        UnaryOperator<String> naming,
        UnaryOperator<String> redactor,
        UnaryOperator<String> lineRedactor) {

    /** How much of the disk a run's values may take when nothing else is said: 1 GiB. */
    public static final long DEFAULT_MAX_BYTES = 1L << 30;

    /** Options of a new run, with the defaults, that changes no name and no text. */
    public static MetricsOptions of(Path folder, String runKey) {
        return new MetricsOptions(
                folder,
                runKey,
                DEFAULT_MAX_BYTES,
                false,
                true,
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                UnaryOperator.identity());
    }

    /** The same with another limit on disk. */
    public MetricsOptions withMaxBytes(long bytes) {
        return new MetricsOptions(folder, runKey, bytes, isResumed, mayMap, naming, redactor, lineRedactor);
    }

    /** The same for a run that may have values of an earlier process. */
    public MetricsOptions resumed() {
        return new MetricsOptions(folder, runKey, maxBytes, true, mayMap, naming, redactor, lineRedactor);
    }

    /** The same without mapped memory. */
    public MetricsOptions unmapped() {
        return new MetricsOptions(folder, runKey, maxBytes, isResumed, false, naming, redactor, lineRedactor);
    }

    /** The same with another way of names. */
    public MetricsOptions withNaming(UnaryOperator<String> names) {
        return new MetricsOptions(folder, runKey, maxBytes, isResumed, mayMap, names, redactor, lineRedactor);
    }
}
