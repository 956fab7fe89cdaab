package io.plutorun.agent.ingest;

import io.plutorun.agent.http.Outcome;

/** What one call of {@link Upload#next} came to. */
public sealed interface UploadProgress {

    /** Something has arrived, or a step of it is done; there may be more at once. */
    record Sent() implements UploadProgress {}

    /** There is nothing to send now; more may be logged. */
    record Idle() implements UploadProgress {}

    /**
     * All has arrived, and nothing more will be logged.
     *
     * @param damaged how many values were found damaged on disk, and are left out
     */
    record Finished(long damaged) implements UploadProgress {}

    /**
     * A request failed in a way that may pass: the same values come again at the next call.
     *
     * @param outcome what became of the request
     */
    record Failed(Outcome<?> outcome) implements UploadProgress {

        /** The outcome, as that of a request for something else. */
        public <T> Outcome<T> as() {
            return outcome.map(answer -> new Outcome.Unreachable<>("no failure"));
        }
    }

    /**
     * The values can't be sent as they are, whoever tries. They stay on disk.
     *
     * @param why for a person
     */
    record Impossible(String why) implements UploadProgress {}
}
