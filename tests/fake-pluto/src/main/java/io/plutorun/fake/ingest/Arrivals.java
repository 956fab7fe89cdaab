package io.plutorun.fake.ingest;

/**
 * What came for a metric, counted in values.
 *
 * @param received all of them
 * @param repeated those that said again what was kept, to the bit: a batch that was sent twice
 * @param replaced those that took the place of another value of their step
 * @param outdated those that were dropped since their step had a newer value
 */
public record Arrivals(long received, long repeated, long replaced, long outdated) {

    /** How often one (run, name, step) came more than once, for whatever reason. */
    public long duplicates() {
        return repeated + replaced + outdated;
    }

    Arrivals plus(Arrivals other) {
        return new Arrivals(
                received + other.received,
                repeated + other.repeated,
                replaced + other.replaced,
                outdated + other.outdated);
    }
}
