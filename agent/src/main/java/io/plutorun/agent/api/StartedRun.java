package io.plutorun.agent.api;

import io.plutorun.agent.http.Fields;
import io.plutorun.agent.http.Outcome;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the server says of a run that it created or resumed.
 *
 * @param runId its number
 * @param number its number within the project, where the server gave one
 * @param displayId the id that Pluto shows; null where the server gave none
 * @param project its project; null where the server did not say
 * @param organization its organization's slug; null where the server did not say
 * @param url its page; null where the server did not say
 * @param resumed whether it existed before the request
 */
public record StartedRun(
        long runId,
        OptionalLong number,
        @Nullable String displayId,
        @Nullable String project,
        @Nullable String organization,
        @Nullable String url,
        boolean resumed) {

    /** What a person calls the run. */
    public String label() {
        return displayId == null ? String.valueOf(runId) : displayId;
    }

    /** The same run, not resumed: it was this agent that had created it. */
    public StartedRun asCreated() {
        return new StartedRun(runId, number, displayId, project, organization, url, false);
    }

    /** The same run, as it is for another process than the one that has created it. */
    public StartedRun asResumed() {
        return new StartedRun(runId, number, displayId, project, organization, url, true);
    }

    static Outcome<StartedRun> read(Fields fields) {
        OptionalLong runId = fields.number("runId");
        if (runId.isEmpty() || runId.getAsLong() <= 0) {
            return fields.unusable("it has no runId");
        }
        return new Outcome.Answer<>(new StartedRun(
                runId.getAsLong(),
                fields.number("number"),
                fields.text("displayId"),
                fields.text("projectName"),
                fields.text("organizationSlug"),
                fields.text("url"),
                fields.flag("resumed")));
    }
}
