package io.plutorun.fake.ingest;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The database of the ingest service: what arrived, by organization, run id and project name as the request's headers gave them. */
public final class IngestStore {

    /**
     * Where rows are stored. Nothing says that such a run exists.
     *
     * @param runId its 64 bits; 0 also for every header that was no number
     */
    public record Place(String organization, long runId, String project) {

        @Override
        public String toString() {
            return "run " + Long.toUnsignedString(runId) + " of project '" + project + "'";
        }
    }

    /**
     * What became of a body.
     *
     * @param rows how many rows were stored, those before a bad line among them
     * @param problem why it went no further, or null when all was stored
     */
    public record Outcome(long rows, @Nullable IngestProblem problem) {}

    private final ContractViolations violations;
    private final Map<Place, RunData> runs = new LinkedHashMap<>();

    public IngestStore(ContractViolations violations) {
        this.violations = violations;
    }

    /** Stores a body line by line, up to the first bad one. */
    public Outcome take(Stream stream, Place place, byte[] body) {
        RunData run = open(place);
        ContentRules rules = new ContentRules(violations, place.toString());
        LineParser parser = switch (stream) {
            case METRICS -> new MetricLines(run, rules);
            case LOGS -> new RowLines.Logs(run, rules);
            case DATA -> new RowLines.Data(run, rules);
        };
        synchronized (run) {
            return new BodyLines(body).feed(parser);
        }
    }

    private RunData open(Place place) {
        synchronized (runs) {
            return runs.computeIfAbsent(place, p -> new RunData());
        }
    }

    /** What is stored there; empty when nothing ever came. */
    public RunData at(Place place) {
        synchronized (runs) {
            RunData run = runs.get(place);
            return run == null ? new RunData() : run;
        }
    }

    /** Everything, by where it is stored. */
    public Map<Place, RunData> all() {
        synchronized (runs) {
            return Map.copyOf(runs);
        }
    }
}
