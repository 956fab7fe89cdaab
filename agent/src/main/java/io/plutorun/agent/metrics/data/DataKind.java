package io.plutorun.agent.metrics.data;

/** What is logged beside values, with the names that the server knows it by. */
public enum DataKind {
    STRING_SERIES("string-series", "DATA"),
    TABLE("TABLE", "TABLE"),
    HISTOGRAM("HISTOGRAM", "HISTOGRAM");

    private final String dataType;
    private final String logType;

    DataKind(String dataType, String logType) {
        this.dataType = dataType;
        this.logType = logType;
    }

    /** The {@code dataType} of a line for {@code /ingest/data}. */
    public String dataType() {
        return dataType;
    }

    /** The {@code logType} under which the name is registered. */
    public String logType() {
        return logType;
    }
}
