package io.plutorun.agent.messages;

import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.journal.RunRecord.Target;
import io.plutorun.agent.settings.ApiKey;
import io.plutorun.agent.settings.Endpoints;
import io.plutorun.agent.spec.Specification;

/** Why the server, or a proxy before it, will not have a run, and what to do. */
final class Refusals {

    private final Endpoints endpoints;
    private final ApiKey key;

    Refusals(Endpoints endpoints, ApiKey key) {
        this.endpoints = endpoints;
        this.key = key;
    }

    /** Why, and what to do. */
    String reason(Specification specification, Outcome<?> answer) {
        int status = answer instanceof Outcome.Rejected<?> rejected ? rejected.status() : -1;
        String words = "(" + answer.words() + ")";
        boolean resume = specification.start().target() instanceof Target.Resume;
        return switch (status) {
            case 401 ->
                "the server rejected the API key from " + key.source() + " " + words + "; make one at "
                        + endpoints.apiKeysPage() + " and set " + key.source();
            case 403 ->
                "the API key from " + key.source() + " may not do this " + words
                        + "; use a key of the organization that owns " + asked(specification);
            case 404 ->
                resume
                        ? noRun(specification) + " " + words + "; check the id, the project and the key's organization"
                        : "the server does not know this request " + words + "; does " + endpoints.source() + ", "
                                + endpoints.api() + ", lead to Pluto's API?";
            case 407 ->
                "the proxy wants a user and a password " + words
                        + "; write them into HTTP_PROXY and HTTPS_PROXY: http://user:password@host:port";
            case 409 ->
                resume
                        ? "more than one run has " + asked(specification) + " " + words
                                + "; set PLUTO_PROJECT, or use the run id"
                        : refusal("create ", specification, words);
            case 0 -> answer.words() + ", please report this";
            case 400, 413, 422 -> refusal(resume ? "resume " : "create ", specification, words);
            default -> foreign(status, resume ? "resume " : "create ", specification, words);
        };
    }

    private static String noRun(Specification specification) {
        return specification.isOfWorker()
                ? "there is no such run in project \"" + specification.start().project()
                        + "\" as another process has named"
                : "there is no run with " + asked(specification);
    }

    /** With these Pluto names no value that would be wrong: something else may have answered. */
    private String foreign(int status, String what, Specification specification, String words) {
        return (status >= 300 && status < 400 ? "the server redirects the request to " : "the server refuses to ")
                + what + asked(specification) + " " + words + "; check that " + endpoints.source() + ", "
                + endpoints.api() + ", is the address of Pluto's API itself, and which proxy stands before it";
    }

    private static String refusal(String what, Specification specification, String words) {
        return "the server refuses to " + what + asked(specification) + " " + words
                + "; correct the value that it names";
    }

    /** What was asked for, each value with its source. */
    private static String asked(Specification specification) {
        if (specification.isOfWorker()) {
            return "values of " + specification.start().name() + " for the run in project \""
                    + specification.start().project() + "\" that another process has named";
        }
        String project = "project \"" + specification.start().project() + "\" (" + specification.project() + ")";
        if (specification.identity().isEmpty()) {
            return "a run in " + project;
        }
        boolean projectMatters = !(specification.start().target() instanceof Target.Resume resume
                && (resume.run() instanceof RunReference.ByRunId
                        || (resume.run() instanceof RunReference.ByDisplayId id && id.project() == null)));
        return specification.identity().get() + (projectMatters ? " in " + project : "");
    }
}
