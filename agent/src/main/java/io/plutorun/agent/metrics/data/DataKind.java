package io.plutorun.agent.metrics.data;

import org.jspecify.annotations.Nullable;

/** What is logged or printed beside values, with the names that the server knows it by. */
public enum DataKind {
    STRING_SERIES(1, "string-series", "DATA"),
    TABLE(2, "TABLE", "TABLE"),
    HISTOGRAM(3, "HISTOGRAM", "HISTOGRAM"),
    CONSOLE_OUTPUT(4, "", "INFO"),
    CONSOLE_ERROR(5, "", "ERROR");

    private final int code;
    private final String dataType;
    private final String logType;

    DataKind(int code, String dataType, String logType) {
        this.code = code;
        this.dataType = dataType;
        this.logType = logType;
    }

    /** What stands for it in a file. */
    int code() {
        return code;
    }

    /** The kind of this code; null when there is none. */
    static @Nullable DataKind of(int code) {
        for (DataKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }

    /** The {@code dataType} of a line for {@code /ingest/data}; empty for lines that are printed. */
    public String dataType() {
        return dataType;
    }

    /** The {@code logType} under which the name is registered; that of a line for {@code /ingest/logs}. */
    public String logType() {
        return logType;
    }
}
