package io.plutorun.fake;

import io.plutorun.fake.ingest.ContractViolations;
import io.plutorun.fake.ingest.IngestStore;
import io.plutorun.fake.ingest.RunData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares what was stored with the runs that exist, which the real service never does: rows under a wrong run or project are
 * answered 200 and seen by nobody, and so are rows whose name was never registered.
 */
final class IngestAudit {

    /** Of the year 9999: what lies beyond is no time that anybody can reckon with. */
    private static final long LAST_MILLISECOND = 253_402_300_799_999L;

    private final RunTable table;
    private final IngestStore store;
    private final ContractViolations violations;
    private final Set<String> taken = new HashSet<>();

    IngestAudit(RunTable table, IngestStore store, ContractViolations violations) {
        this.table = table;
        this.store = store;
        this.violations = violations;
    }

    /** Called after each request that stored {@code rows} rows, for the run to take note and for the headers to be judged. */
    void stored(IngestStore.Place place, @Nullable String runIdHeader, long rows) {
        if (rows == 0) {
            return;
        }
        if (!IngestApi.isRunId(runIdHeader)) {
            violations.add("X-Run-Id is no number, so that the rows are stored under run 0", "'" + runIdHeader + "'");
            return;
        }
        RunData data = store.at(place);
        table.locked(() -> {
            Optional<RunRow> run = runOf(place.organization(), place.runId());
            if (run.isEmpty()) {
                violations.add("X-Run-Id names no run of the key's organization", place.toString());
            } else if (!run.get().project.name.equals(place.project())) {
                violations.add(
                        "X-Project-Name is not the run's project",
                        "'" + place.project() + "' for " + run.get().displayId() + " of '" + run.get().project.name
                                + "'");
            } else {
                takeNote(run.get(), data);
            }
            return rows;
        });
    }

    private static void takeNote(RunRow run, RunData data) {
        if (!data.hasMetrics()) {
            return;
        }
        long step = data.highestStep() < 0 ? Long.MAX_VALUE : data.highestStep();
        run.highestStep = run.highestStep == null ? step : Math.max(run.highestStep, step);
        long millis = data.newestTime();
        Instant newest = Instant.ofEpochMilli(millis < 0 || millis > LAST_MILLISECOND ? LAST_MILLISECOND : millis);
        run.lastMetric = run.lastMetric == null || newest.isAfter(run.lastMetric) ? newest : run.lastMetric;
    }

    private Optional<RunRow> runOf(String organization, long id) {
        return table.rows().stream()
                .filter(run -> run.id == id && run.project.organization.slug().equals(organization))
                .findFirst();
    }

    /** All violations so far that nobody has taken, those of names that are not registered until now at the end. */
    synchronized List<String> violations() {
        List<String> all = new ArrayList<>(violations.all());
        store.all()
                .forEach((place, data) -> table.locked(() -> {
                    runOf(place.organization(), place.runId())
                            .filter(run -> run.project.name.equals(place.project()))
                            .ifPresent(run -> names(run, data, all));
                    return all;
                }));
        all.removeAll(taken);
        return List.copyOf(all);
    }

    /** Gives the violations so far and forgets them. */
    synchronized List<String> take() {
        List<String> all = violations();
        taken.addAll(all);
        taken.removeAll(violations.all()); // what is cleared here counts when it happens again
        violations.clear();
        return all;
    }

    private static void names(RunRow run, RunData data, List<String> to) {
        data.metricNames().forEach(name -> name(run, name, "METRIC", to));
        data.rows().stream()
                .distinct()
                .forEach(row -> registeredType(row.type()).ifPresent(type -> name(run, row.name(), type, to)));
    }

    private static Optional<String> registeredType(String dataType) {
        return switch (dataType.toUpperCase(Locale.ROOT)) {
            case "STRING-SERIES" -> Optional.of("DATA");
            case "TABLE" -> Optional.of("TABLE");
            case "HISTOGRAM" -> Optional.of("HISTOGRAM");
            default -> Optional.empty();
        };
    }

    private static void name(RunRow run, String name, String type, List<String> to) {
        LogName registered = run.logNames.get(name);
        String problem = registered == null
                ? "was never registered, so that no page shows it"
                : registered.type().equals(type) ? "" : "is registered as " + registered.type() + ", not as " + type;
        String violation = "the name " + name + " of " + run.displayId() + " " + problem;
        if (!problem.isEmpty() && !to.contains(violation)) {
            to.add(violation);
        }
    }
}
