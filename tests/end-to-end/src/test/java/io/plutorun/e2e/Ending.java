package io.plutorun.e2e;

/**
 * The ways in which a tracked call ends. The table of docs/how-a-run-ends.md is made from this one, and {@link VerdictTableTest} holds each row against
 * programs that end so.
 *
 * @see EndingCases
 */
enum Ending {
    RETURNS("returns", "COMPLETED", "how long it took"),
    THROWS(
            "throws, whatever it is and however deep it comes from",
            "FAILED",
            "class, message, stack with causes and suppressed (at most 64 KiB, redacted)"),
    ERRORS("`OutOfMemoryError`, `StackOverflowError`, `ExceptionInInitializerError`", "FAILED", "the same"),
    EXIT_ZERO("`System.exit(0)` from any thread", "COMPLETED", "exit code"),
    EXIT_OTHER("`System.exit(n)` from any thread, n not 0", "FAILED", "exit code, stack of the caller"),
    HALT("`Runtime.halt(n)`", "as with `exit`; the JVM waits at most a second for it", "exit code"),
    SIGNAL(
            "SIGTERM, SIGINT, SIGHUP",
            "TERMINATED; the JVM waits at most `PLUTO_SHUTDOWN_TIMEOUT` for it, and `sync` delivers it where that was not enough",
            "the signal"),
    KILLED(
            "SIGKILL, a crash of the JVM",
            "FAILED by the server after some minutes, or by the next `sync`",
            "the reason"),
    INTERRUPTED("the thread is interrupted, and the method throws", "FAILED, unless cancelled", "as for any exception"),
    CANCELLED("the run is cancelled on its page", "CANCELLED, whatever the method does then", ""),
    STAGE(
            "a declared `CompletionStage` or `CompletableFuture` is returned",
            "when it completes: COMPLETED, FAILED, or TERMINATED when it was cancelled",
            "as for a return or an exception"),
    OTHER_FUTURE(
            "any other `Future` is returned, Reactor's and Scala's too",
            "COMPLETED at the return, and one warning says so",
            "how long it took"),
    NEVER_COMPLETES("the returned stage never completes", "TERMINATED when the JVM ends", "the reason"),
    PROCESS(
            "`main` returns while other threads go on, and `PLUTO_SCOPE` is `process`",
            "COMPLETED when the JVM ends",
            "how long it took"),
    PROCESS_FAILS(
            "`PLUTO_SCOPE` is `process`, and behind the tracked call `main` dies of an exception, or somebody calls `System.exit(n)`",
            "FAILED",
            "class, message, stack, exit code"),
    IN_A_HOOK("it is called from a shutdown hook", "no run, and one line says so", "");

    private final String happens;
    private final String endsAs;
    private final String evidence;

    Ending(String happens, String endsAs, String evidence) {
        this.happens = happens;
        this.endsAs = endsAs;
        this.evidence = evidence;
    }

    /** The table as docs/how-a-run-ends.md shows it, in Markdown. */
    static String markdown() {
        StringBuilder table =
                new StringBuilder("| Inside the tracked call | The run ends as | On its page |\n|---|---|---|\n");
        for (Ending ending : values()) {
            table.append("| ").append(ending.happens);
            table.append(" | ").append(ending.endsAs);
            table.append(" | ").append(ending.evidence).append(" |\n");
        }
        return table.toString();
    }
}
