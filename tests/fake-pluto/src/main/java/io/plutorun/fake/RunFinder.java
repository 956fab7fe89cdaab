package io.plutorun.fake;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ways to name a run in a request, and what is said when it is not there. */
final class RunFinder {

    private final RunTable table;

    RunFinder(RunTable table) {
        this.table = table;
    }

    RunRow run(ApiKey key, long id) {
        return table.find(key.organization(), id).orElseThrow(() -> new Refusal(Answer.RUN_NOT_FOUND));
    }

    /** By the one identifier that a resume gives. */
    RunRow named(ApiKey key, Input input) {
        Double runId = input.number("runId");
        if (runId != null) {
            return run(key, Input.asId(runId));
        }
        String displayId = input.text("displayId");
        String projectName = input.text("projectName");
        if (displayId != null) {
            return byDisplayId(key, displayId, projectName, "Invalid displayId format.");
        }
        if (projectName == null || projectName.isEmpty()) {
            throw new Refusal(Answer.error(400, "projectName is required when using externalId"));
        }
        ProjectRow project = table.findProject(key.organization(), projectName);
        RunRow run = project == null ? null : table.find(project, input.requiredText("externalId"));
        if (run == null) {
            throw new Refusal(Answer.RUN_NOT_FOUND);
        }
        return run;
    }

    /** The server words the complaint about a malformed id differently from route to route. */
    RunRow byDisplayId(ApiKey key, String displayId, @Nullable String projectName, String complaint) {
        DisplayIds.Wanted wanted = DisplayIds.parse(displayId)
                .orElseThrow(
                        () -> new Refusal(Answer.error(400, complaint + " Expected PREFIX-NUMBER (e.g., 'MMP-1')")));
        int number = wanted.number().orElseThrow(() -> new Refusal(Answer.INTERNAL_SERVER_ERROR));
        List<RunRow> matches = table.rows(key.organization()).stream()
                .filter(run -> run.number == number && run.project.prefix.equals(wanted.prefix()))
                .filter(run -> projectName == null || projectName.isEmpty() || run.project.name.equals(projectName))
                .toList();
        if (matches.isEmpty()) {
            throw new Refusal(Answer.RUN_NOT_FOUND);
        }
        if (matches.size() > 1) {
            String examples = matches.stream().map(run -> run.project.name).collect(Collectors.joining(", "));
            throw new Refusal(Answer.error(
                    409,
                    "displayId '" + displayId + "' is ambiguous across multiple projects (e.g. " + examples
                            + "). Specify projectName to disambiguate."));
        }
        return matches.get(0);
    }
}
