package io.plutorun.agent.messages;

import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.identity.Identity;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.send.AnswerRule;
import io.plutorun.agent.send.StatusResult;
import io.plutorun.agent.settings.ApiKey;
import io.plutorun.agent.settings.Endpoints;
import io.plutorun.agent.settings.Options.OnCancel;
import io.plutorun.agent.spec.Specification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a person is told of a run: what happened, from which source, and what to do. One line each. */
public final class Messages {

    private final Endpoints endpoints;
    private final ApiKey key;

    public Messages(Endpoints endpoints, ApiKey key) {
        this.endpoints = endpoints;
        this.key = key;
    }

    public String started(Specification specification, StartedRun run, boolean late) {
        RunRecord.Part part = specification.start().part();
        if (part.follows()) {
            return "run " + run.label() + ", rank " + part.rank() + " of " + part.world();
        }
        String url = run.url() == null ? "" : ": " + run.url();
        List<String> all = new ArrayList<>();
        if (run.resumed()) {
            specification
                    .identity()
                    .filter(id -> specification.notes().stream().noneMatch(note -> note.startsWith(id.toString())))
                    .map(Identity::origin)
                    .ifPresent(all::add);
        }
        all.addAll(specification.notes());
        String notes = all.isEmpty() ? "" : " (" + String.join("; ", all) + ")";
        return "run " + run.label() + (run.resumed() ? " resumed" : " started") + (late ? " late" : "") + url + notes;
    }

    /**
     * The verdict has arrived.
     *
     * @param lastValues the last values that were logged, by name
     */
    public String ended(StartedRun run, RunRecord.End end, List<Map.Entry<String, Double>> lastValues) {
        Object seconds = end.evidence().get("duration_seconds");
        Object exception = end.evidence().get("exception");
        Object signal = end.evidence().get("signal");
        Object exitCode = end.evidence().get("exit_code");
        String why = exception != null
                ? " (" + exception + ")"
                : signal != null ? " (" + signal + ")" : exitCode != null ? " (exit code " + exitCode + ")" : "";
        StringBuilder values = new StringBuilder();
        for (Map.Entry<String, Double> last : lastValues) {
            values.append(", ").append(last.getKey()).append(' ').append(ShortNumber.of(last.getValue()));
        }
        return "run " + run.label() + " " + end.status() + " after " + seconds + " s" + why + values
                + (run.url() == null ? "" : ": " + run.url());
    }

    /**
     * The server answered, and will not have the run.
     *
     * @param reason as {@link #refusal} gives it
     * @param recordedIn the file that keeps it for later; null for none
     */
    public String refused(Specification specification, String reason, @Nullable String recordedIn) {
        return specification.method().label()
                + (recordedIn == null ? " runs untracked: " : " is only recorded in " + recordedIn + ": ")
                + reason
                + (recordedIn == null ? "" : "; then deliver it with: java -jar pluto-agent.jar sync");
    }

    /** What makes a refusal the same as an earlier one, so that a hundred calls do not tell it a hundred times. */
    public String kind(Specification specification, Outcome<?> answer) {
        return answer instanceof Outcome.Rejected<?> rejected && rejected.status() == 401
                ? "key rejected"
                : specification.method().settingsName() + answer.words();
    }

    /** Why, and what to do. */
    public String refusal(Specification specification, Outcome<?> answer) {
        return new Refusals(endpoints, key).reason(specification, answer);
    }

    /**
     * The server has not answered in time.
     *
     * @param reason what became of the last request; null when it is still on its way
     */
    public String late(Duration waited, @Nullable String reason) {
        return "no answer from " + endpoints.api() + " (" + endpoints.source() + ") within " + seconds(waited)
                + (reason == null ? "" : " (" + reason + ")") + ", check the URL and the network";
    }

    public String interrupted() {
        return "the wait for " + endpoints.api() + " was interrupted";
    }

    /** The server is known not to answer. */
    public String stillAway() {
        return endpoints.api() + " (" + endpoints.source() + ") still does not answer, so it was not waited for";
    }

    public String leftOut(StartedRun run, RunRecord record, Outcome<?> answer) {
        if (record instanceof RunRecord.Tags) {
            return "the tags of run " + run.label() + " are left as they are, they could not be read or written ("
                    + answer.words() + ")";
        }
        if (record instanceof RunRecord.Config) {
            return "the config of run " + run.label() + " is left as it is, the server refuses ours (" + answer.words()
                    + ")";
        }
        if (record instanceof RunRecord.Notes) {
            return "the notes of run " + run.label() + " are left as they are, the server refuses ours ("
                    + answer.words() + ")";
        }
        if (record instanceof RunRecord.OfOtherRun other) {
            return "run number " + other.runId() + " does not bear the tag " + String.join(", ", other.tags())
                    + ", the server refuses it (" + answer.words() + ")";
        }
        RunStatus status = record instanceof RunRecord.End end ? end.status() : RunStatus.RUNNING;
        String ended = "run " + run.label() + " ended " + status + ", but ";
        return AnswerRule.isNoSuchRun(answer)
                ? ended + "it is not on the server any more (" + answer.words() + ")"
                : ended + "the server does not note it (" + answer.words()
                        + "); it stays recorded on disk: when that is"
                        + " mended, deliver it with: java -jar pluto-agent.jar sync";
    }

    public String undelivered(int runs, @Nullable Path folder) {
        return runs + (runs == 1 ? " run" : " runs") + " could not be delivered to " + endpoints.api() + " ("
                + endpoints.source() + ") before the JVM ended; "
                + (folder == null
                        ? "what was not delivered is lost"
                        : "deliver from " + folder + " with: java -jar pluto-agent.jar sync");
    }

    /** Somebody has removed what is to be delivered later. */
    public String recordsRemoved(int restored, int lost, @Nullable Path folder) {
        int runs = restored + lost;
        return "the records of " + runs + (runs == 1 ? " run" : " runs") + " had been removed from " + folder
                + " before they were delivered"
                + (restored == 0 ? "" : lost == 0 ? "; they are written again" : "; written again: " + restored)
                + "; values that lay there are lost";
    }

    /**
     * Values of some runs had not arrived when the JVM ended.
     *
     * @param folder where they are; null where somebody has removed them
     */
    public String valuesLeft(int runs, @Nullable Path folder) {
        return "the values of " + runs + (runs == 1 ? " run" : " runs") + " had not all arrived when the JVM ended; "
                + (folder == null
                        ? "the rest is lost, since somebody has removed it from the disk"
                        : "deliver the rest from " + folder + " with: java -jar pluto-agent.jar sync");
    }

    /** Files of runs had not arrived when the JVM ended; {@code folder} as in {@link #valuesLeft}. */
    public String filesLeft(int files, @Nullable Path folder) {
        return files + (files == 1 ? " file of a run had" : " files of runs had") + " not arrived when the JVM ended; "
                + (folder == null
                        ? "no sync can send what is left, since somebody has removed its record from the disk"
                        : "send what is left from " + folder + " with: java -jar pluto-agent.jar sync");
    }

    public String beatFailed(StartedRun run, String reason) {
        return "the server does not hear that run " + run.label() + " is alive: " + reason
                + "; the agent goes on trying";
    }

    /** The heartbeat service answers, and will not have the beats of a run. */
    public String beatsRefused(StartedRun run, String reason) {
        return "the heartbeat service refuses to hear of run " + run.label() + " (" + reason
                + "); runs that it refuses are kept alive by reports to " + endpoints.api()
                + " instead, and a cancel is noticed up to a minute later";
    }

    /** The run was deleted on the server while it is going on. */
    public String tagsLeftOut(StartedRun run, List<String> tags) {
        return "run " + run.label() + " bears 50 tags, which is the most; \"" + tags.get(0)
                + "\" and any after it are left out";
    }

    public String runIsGone(StartedRun run, String reason) {
        return "run " + run.label() + " is not on the server any more (" + reason
                + "); the program goes on, and no more is sent of this run";
    }

    public String beatsAgain(StartedRun run, int failures) {
        return "the server hears again that run " + run.label() + " is alive, after " + failures + " failures";
    }

    /**
     * The run was cancelled on its page.
     *
     * @param done what the agent does about it
     */
    public String cancelled(StartedRun run, OnCancel reaction, String done) {
        return "run " + run.label() + " was cancelled on its page: " + done + " (PLUTO_ON_CANCEL is "
                + reaction.name().toLowerCase(Locale.ROOT) + ")";
    }

    public String oldCancel(StartedRun run) {
        return "run " + run.label() + " was cancelled before it was resumed, and Pluto repeats a cancel for ever:"
                + " it is resumed once more, and goes on without heartbeats, so that a new cancel will not be noticed";
    }

    public String revived(StartedRun run) {
        return "run " + run.label() + " had been declared dead by the server, which had not heard of it for too long;"
                + " it is resumed, and its own verdict will count";
    }

    /** Somebody has ended the run while its method is executing. */
    public String decidedElsewhere(StartedRun run, StatusResult.Overruled decision) {
        return "run " + run.label() + " is " + decision.status() + " on the server" + by(decision)
                + ", though its method is still executing; the program goes on, and the run is left as it is";
    }

    /** The verdict arrived, and something else stays. */
    public String overruled(StartedRun run, RunRecord.End end, StatusResult.Overruled decision) {
        return "run " + run.label() + " ended " + end.status() + ", but it is " + decision.status() + " on the server"
                + by(decision) + ", and stays so" + (run.url() == null ? "" : ": " + run.url());
    }

    private static String by(StatusResult.Overruled decision) {
        if (decision.status() == RunStatus.CANCELLED) {
            return " (cancelled on its page)";
        }
        return decision.by().equals("api")
                ? " (set by another program through the API)"
                : decision.by().isEmpty() ? "" : " (set by " + decision.by() + ")";
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }
}
