package io.plutorun.e2e.programs;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import io.plutorun.Resume;
import io.plutorun.Run;

/** Tracked calls under ids of every kind, each call a word or two: the method, and its argument. */
public final class Ids {

    private Ids() {}

    public static void main(String[] calls) {
        for (String call : calls) {
            int blank = call.indexOf(' ');
            String method = blank < 0 ? call : call.substring(0, blank);
            call(method, call.substring(blank + 1));
        }
    }

    private static void call(String method, String id) {
        switch (method) {
            case "bare" -> bare();
            case "none" -> none();
            case "noneMust" -> noneMust();
            case "externalId" -> externalId(id);
            case "externalIdMust" -> externalIdMust(id);
            case "runId" -> runId(id);
            case "runIdMust" -> runIdMust(id);
            case "displayId" -> displayId(id);
            case "displayIdMust" -> displayIdMust(id);
            case "displayIdInProject" -> displayIdInProject(id);
            case "twoIds" -> twoIds(id);
            case "unresolved" -> unresolved();
            case "empty" -> empty();
            default -> throw new IllegalArgumentException(method);
        }
    }

    /** Says nothing about project and id. */
    @PlutoRun
    static void bare() {
        tell();
    }

    @PlutoRun(project = "ids")
    static void none() {
        tell();
    }

    @PlutoRun(project = "ids", resume = Resume.MUST)
    static void noneMust() {
        tell();
    }

    @PlutoRun(project = "ids", externalId = "${arg.id}")
    static void externalId(String id) {
        tell();
    }

    @PlutoRun(project = "ids", externalId = "${arg.id}", resume = Resume.MUST)
    static void externalIdMust(String id) {
        tell();
    }

    @PlutoRun(project = "ids", runId = "${arg.id}")
    static void runId(String id) {
        tell();
    }

    @PlutoRun(project = "ids", runId = "${arg.id}", resume = Resume.MUST)
    static void runIdMust(String id) {
        tell();
    }

    @PlutoRun(displayId = "${arg.id}")
    static void displayId(String id) {
        tell();
    }

    @PlutoRun(displayId = "${arg.id}", resume = Resume.MUST)
    static void displayIdMust(String id) {
        tell();
    }

    @PlutoRun(project = "ids", displayId = "${arg.id}")
    static void displayIdInProject(String id) {
        tell();
    }

    @PlutoRun(project = "ids", externalId = "${arg.id}", displayId = "${arg.id}")
    static void twoIds(String id) {
        tell();
    }

    @PlutoRun(project = "ids", externalId = "night-${env.NOWHERE_SET}")
    static void unresolved() {
        tell();
    }

    @PlutoRun(project = "ids", externalId = "${env.NOWHERE_SET:-}")
    static void empty() {
        tell();
    }

    private static void tell() {
        Run run = Pluto.current();
        System.out.println(
                run.isActive()
                        ? (run.isResumed() ? "resumed " : "started ")
                                + run.displayId().orElse("without an id")
                        : "untracked");
    }
}
