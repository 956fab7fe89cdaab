package io.plutorun.fake.ingest;

import java.util.Locale;
import java.util.Set;

/** What no page shows, or shows wrongly, although the service takes it: told as contract violations. */
final class ContentRules {

    /** The year 2000: a time in seconds lies before it. */
    private static final long EARLIEST = 946_684_800_000L;

    /** The year 2100: a time in microseconds lies after it. */
    private static final long LATEST = 4_102_444_800_000L;

    private static final long MAX_SAFE_STEP = (1L << 53) - 1;
    private static final int MAX_STRING = 200;
    private static final Set<String> SHOWN_LOG_TYPES = Set.of("INFO", "ERROR", "WARNING", "DEBUG", "PRINT");

    private final ContractViolations violations;
    private final String run;

    ContentRules(ContractViolations violations, String run) {
        this.violations = violations;
        this.run = run;
    }

    void checkTime(long time) {
        if (time < EARLIEST || time > LATEST) {
            violations.add("a time is not in milliseconds since 1970", Long.toUnsignedString(time) + " in " + run);
        }
    }

    void checkStep(long step) {
        if (step < 0 || step > MAX_SAFE_STEP) {
            violations.add(
                    "a step is beyond 2^53-1, which pages read as another one",
                    Long.toUnsignedString(step) + " in " + run);
        }
    }

    void check(LogLine line) {
        checkTime(line.time());
        if (!SHOWN_LOG_TYPES.contains(line.type())) {
            violations.add("a logType is shown nowhere", line.type() + " in " + run);
        }
    }

    void check(DataRow row) {
        checkTime(row.time());
        checkStep(row.step());
        String where = row.name() + " in " + run;
        switch (row.type().toUpperCase(Locale.ROOT)) {
            case "STRING-SERIES" -> checkString(row, where);
            case "TABLE" -> PageShapes.table(row.data()).ifPresent(wrong -> violations.add(wrong, where));
            case "HISTOGRAM" -> {
                checkSpelling(row, "HISTOGRAM", where);
                PageShapes.histogram(row.data()).ifPresent(wrong -> violations.add(wrong, where));
            }
            case "GRAPH" -> checkSpelling(row, "GRAPH", where);
            default -> violations.add("no page draws this dataType", row.type() + " of " + where);
        }
    }

    private void checkString(DataRow row, String where) {
        checkSpelling(row, "string-series", where);
        if (row.data().length() > MAX_STRING) {
            violations.add(
                    "a string of a series has more than 200 characters",
                    row.data().length() + " of " + where);
        }
    }

    private void checkSpelling(DataRow row, String exact, String where) {
        if (!row.type().equals(exact)) {
            violations.add("a dataType must be spelled " + exact, row.type() + " of " + where);
        }
    }
}
