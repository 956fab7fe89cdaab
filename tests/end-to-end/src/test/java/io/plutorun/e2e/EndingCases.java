package io.plutorun.e2e;

import static io.plutorun.fake.RunStatus.CANCELLED;
import static io.plutorun.fake.RunStatus.COMPLETED;
import static io.plutorun.fake.RunStatus.FAILED;
import static io.plutorun.fake.RunStatus.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Endings;
import io.plutorun.e2e.programs.Exits;
import io.plutorun.e2e.programs.OtherFutures;
import io.plutorun.e2e.programs.Stages;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** At least one program for each {@link Ending}. */
final class EndingCases {

    private static final int MOST_STACK = 64 * 1024;
    private static final String DURATION = "duration_seconds";
    private static final String UNDELIVERED =
            "pluto: 1 run could not be delivered to .* with: java -jar pluto-agent.jar sync";
    private static final String FEW_MEGABYTES = "-Xmx24m";

    private EndingCases() {}

    static List<EndingCase> all() {
        return Stream.of(
                        returns(),
                        throwing(),
                        errors(),
                        exits(),
                        halts(),
                        signals(),
                        killed(),
                        interrupted(),
                        cancelled(),
                        stages(),
                        otherFutures(),
                        process(),
                        inAHook())
                .flatMap(List::stream)
                .toList();
    }

    private static List<EndingCase> returns() {
        return List.of(EndingCase.of(Ending.RETURNS, Endings.class, "returns")
                .endsAs(COMPLETED)
                .evidence(
                        DURATION,
                        found -> assertThat(Double.parseDouble(String.valueOf(found)))
                                .isNotNegative()));
    }

    private static List<EndingCase> throwing() {
        return List.of(
                fails(Ending.THROWS, "throws-unchecked", "java.lang.IllegalStateException")
                        .exits(1)
                        .evidence("message", "diverged")
                        .evidenceContains("stack", "java.lang.IllegalStateException: diverged\n\tat ", "Endings.main"),
                fails(Ending.THROWS, "throws-checked", "java.io.IOException")
                        .exits(1)
                        .evidence("message", "the data set is gone"),
                fails(Ending.THROWS, "throws-with-causes", "java.lang.IllegalStateException")
                        .exits(1)
                        .evidenceContains(
                                "stack",
                                "java.lang.IllegalStateException: outermost\n",
                                "Suppressed: java.lang.Exception: and the checkpoint is gone\n",
                                "Caused by: java.lang.Exception: in the middle\n",
                                "Caused by: java.lang.ArithmeticException: innermost\n"),
                fails(Ending.THROWS, "throws-much", "java.lang.IllegalStateException")
                        .exits(1)
                        .evidence(
                                "stack",
                                stack -> assertThat(stack.toString().length())
                                        .isBetween(MOST_STACK - 1024, MOST_STACK + 1)),
                fails(Ending.THROWS, "throws-secrets", "java.lang.IllegalStateException")
                        .exits(1)
                        .evidenceContains("stack", "Caused by: java.lang.Exception: password="),
                fails(Ending.THROWS, "throws-caught", "java.lang.IllegalStateException")
                        .evidence("message", "the very object"));
    }

    private static List<EndingCase> errors() {
        String memory = "java.lang.OutOfMemoryError";
        return List.of(
                fails(Ending.ERRORS, "out-of-memory", memory).evidence("message", "Java heap space"),
                fails(Ending.ERRORS, "out-of-memory-held", memory)
                        .jvmOption(FEW_MEGABYTES)
                        .intervention(Intervention.goOn())
                        .evidence("message", "Java heap space"),
                fails(Ending.ERRORS, "out-of-memory-held-to-the-end", memory)
                        .jvmOption(FEW_MEGABYTES)
                        .intervention(Intervention.goOn())
                        .evidence("message", "Java heap space"),
                fails(Ending.ERRORS, "out-of-memory-held-by-a-thread", memory)
                        .jvmOption(FEW_MEGABYTES)
                        .intervention(Intervention.goOn())
                        .evidence("message", "Java heap space"),
                fails(Ending.ERRORS, "stack-overflow", "java.lang.StackOverflowError")
                        .evidenceContains("stack", "Endings.recurse"),
                fails(Ending.ERRORS, "stack-overflow-of-the-method", "java.lang.StackOverflowError")
                        .evidenceContains("stack", "Endings.trackedRecursion"),
                fails(Ending.ERRORS, "initializer", "java.lang.ExceptionInInitializerError")
                        .evidenceContains("stack", "Caused by: java.lang.NumberFormatException"));
    }

    private static List<EndingCase> exits() {
        return List.of(
                exits("exit", 0),
                exits("exit-in-finally", 0),
                exits("exit-of-another-thread", 0),
                exits("exit", 3).evidenceContains("stack", "Exits.main"),
                exits("exit-in-finally", 3).evidenceContains("stack", "Exits.finallyExit"),
                exits("exit-of-another-thread", 3).evidenceContains("stack", "Exits.lambda"),
                exits("exit-of-a-daemon", 3).evidenceContains("stack", "Exits.lambda"),
                EndingCase.of(Ending.EXIT_OTHER, Exits.class, "two-exits", "3")
                        .exitsWithEither(3)
                        .endsAs(FAILED),
                exits("exit-after-a-veto", 3)
                        .jvmOption("-Djava.security.manager=allow")
                        .upToJdk(23),
                EndingCase.of(Ending.RETURNS, Exits.class, "return-after-a-veto", "3")
                        .jvmOption("-Djava.security.manager=allow")
                        .upToJdk(23)
                        .endsAs(COMPLETED),
                EndingCase.of(Ending.RETURNS, Exits.class, "exit-after-the-call", "3")
                        .exits(3)
                        .endsAs(COMPLETED));
    }

    private static EndingCase exits(String way, int code) {
        return EndingCase.of(code == 0 ? Ending.EXIT_ZERO : Ending.EXIT_OTHER, Exits.class, way, String.valueOf(code))
                .exits(code)
                .endsAs(code == 0 ? COMPLETED : FAILED)
                .evidence("exit_code", code);
    }

    private static List<EndingCase> halts() {
        return List.of(
                halts("halt", 0).endsInTimeOrBySync(COMPLETED),
                halts("halt", 3).endsInTimeOrBySync(FAILED),
                halts("halt-of-another-thread", 3).endsInTimeOrBySync(FAILED),
                halts("halt-when-told", 3)
                        .note("while the server hangs")
                        .intervention(Intervention.goOnWhileTheServerHangs())
                        .line(UNDELIVERED)
                        .isLeftTo(FAILED, EndingCases::answerAgain));
    }

    private static EndingCase halts(String way, int code) {
        return EndingCase.of(Ending.HALT, Exits.class, way, String.valueOf(code))
                .exits(code)
                .evidence("exit_code", code);
    }

    private static List<EndingCase> signals() {
        return List.of(
                signal("TERM", 15),
                signal("INT", 2),
                signal("HUP", 1),
                signalWhileTheServerHangs("TERM", 15),
                signalWhileTheServerHangs("INT", 2),
                signalWhileTheServerHangs("HUP", 1));
    }

    private static EndingCase signal(String name, int number) {
        return EndingCase.of(Ending.SIGNAL, Endings.class, "waits-and-has-a-hook")
                .note("SIG" + name)
                .intervention(Intervention.signal(name))
                .exits(128 + number)
                .evidence("signal", "SIG" + name)
                .endsAs(TERMINATED);
    }

    private static EndingCase signalWhileTheServerHangs(String name, int number) {
        return EndingCase.of(Ending.SIGNAL, Endings.class, "waits-and-has-a-hook")
                .note("SIG" + name + " while the server hangs")
                .env("PLUTO_SHUTDOWN_TIMEOUT", "500ms")
                .intervention(Intervention.signalWhileTheServerHangs(name))
                .exits(128 + number)
                .evidence("signal", "SIG" + name)
                .line(UNDELIVERED)
                .isLeftTo(TERMINATED, EndingCases::answerAgain);
    }

    private static List<EndingCase> killed() {
        return List.of(
                EndingCase.of(Ending.KILLED, Endings.class, "waits")
                        .note("SIGKILL, and the server declares it dead")
                        .intervention(Intervention.kill())
                        .exits(128 + 9)
                        .evidence("reason", "heartbeat-timeout")
                        .isLeftTo(FAILED, (pluto, directory) -> {
                            pluto.clock()
                                    .advance(Duration.ofSeconds(
                                            181)); // a heartbeat counts for 30 s, and is missed for 150 s
                            pluto.reap();
                        }),
                EndingCase.of(Ending.KILLED, Endings.class, "waits")
                        .note("SIGKILL, and sync")
                        .intervention(Intervention.kill())
                        .exits(128 + 9)
                        .evidenceContains("reason", "died without a verdict")
                        .isLeftTo(FAILED, EndingCases::sync),
                EndingCase.of(Ending.KILLED, Endings.class, "waits")
                        .note("SIGABRT")
                        .intervention(Intervention.signal("ABRT"))
                        .jvmOption("-XX:-CreateCoredumpOnCrash")
                        .jvmOption("-XX:+SuppressFatalErrorMessage")
                        .exits(128 + 6)
                        .evidenceContains("reason", "died without a verdict")
                        .isLeftTo(FAILED, EndingCases::sync));
    }

    private static List<EndingCase> interrupted() {
        return List.of(fails(Ending.INTERRUPTED, "interrupted", "java.lang.InterruptedException")
                .exits(1));
    }

    private static List<EndingCase> cancelled() {
        return List.of(
                cancelled("waits-and-returns")
                        .note("interrupt")
                        .intervention(Intervention.cancel())
                        .differsFromWithoutAgent(),
                cancelled("waits-and-throws")
                        .note("interrupt")
                        .intervention(Intervention.cancel())
                        .exits(1)
                        .differsFromWithoutAgent(),
                cancelled("goes-on-and-returns")
                        .env("PLUTO_ON_CANCEL", "ignore")
                        .intervention(Intervention.cancelAndGoOn()),
                cancelled("goes-on-and-throws")
                        .env("PLUTO_ON_CANCEL", "ignore")
                        .intervention(Intervention.cancelAndGoOn())
                        .exits(1),
                cancelled("waits-and-has-a-hook")
                        .note("exit")
                        .env("PLUTO_ON_CANCEL", "exit")
                        .intervention(Intervention.cancel())
                        .exits(2)
                        .differsFromWithoutAgent());
    }

    /** CANCELLED stays; it is told once, and nothing else is sent over it. */
    private static EndingCase cancelled(String way) {
        return EndingCase.of(Ending.CANCELLED, Endings.class, way)
                .line("pluto: run END-1 .*cancelled on its page.*")
                .possibleLine(EndingCase.verdictLine(CANCELLED))
                .isLeftTo(CANCELLED, (pluto, directory) -> {
                    FakeRun run = pluto.run(1);
                    assertThat(run.cancelledAt()).isNotNull();
                    sync(pluto, directory);
                });
    }

    private static List<EndingCase> stages() {
        return List.of(
                stage("completes").intervention(Intervention.goOn()).endsAs(COMPLETED),
                failingStage("fails").intervention(Intervention.goOn()),
                failingStage("fails-in-a-step").intervention(Intervention.goOn()),
                stage("cancelled").intervention(Intervention.goOn()).endsAs(TERMINATED),
                stage("completed-before").endsAs(COMPLETED),
                failingStage("failed-before"),
                stage("null").endsAs(COMPLETED),
                stage("throws")
                        .endsAs(FAILED)
                        .evidence("exception", "java.lang.IllegalStateException")
                        .evidence("message", "before any stage"),
                EndingCase.of(Ending.NEVER_COMPLETES, Stages.class, "never")
                        .intervention(Intervention.goOn())
                        .endsAs(TERMINATED));
    }

    private static EndingCase stage(String way) {
        return EndingCase.of(Ending.STAGE, Stages.class, way);
    }

    private static EndingCase failingStage(String way) {
        return stage(way)
                .endsAs(FAILED)
                .evidence("exception", "java.lang.IllegalStateException")
                .evidence("message", "diverged");
    }

    private static List<EndingCase> otherFutures() {
        return List.of(
                otherFuture("plain", "java.util.concurrent.Future")
                        .runs(2)
                        .line("pluto: run END-2 started: .*")
                        .line("pluto: run END-2 COMPLETED after .*"),
                otherFuture("reactor", "reactor.core.publisher.Mono"),
                otherFuture("scala", "scala.concurrent.Future"));
    }

    private static EndingCase otherFuture(String way, String type) {
        return EndingCase.of(Ending.OTHER_FUTURE, OtherFutures.class, way)
                .endsAs(COMPLETED)
                .line("pluto: .*train returns a " + type.replace(".", "\\.") + ", .*");
    }

    private static List<EndingCase> process() {
        return List.of(
                process(Ending.PROCESS, "workers-go-on")
                        .intervention(Intervention.goOn())
                        .endsAs(COMPLETED),
                process(Ending.PROCESS, "a-thread-dies-behind-it").endsAs(COMPLETED),
                process(Ending.PROCESS_FAILS, "main-dies-behind-it")
                        .exits(1)
                        .endsAs(FAILED)
                        .evidence("exception", "java.lang.IllegalStateException")
                        .evidence("message", "the report can't be written"),
                process(Ending.PROCESS_FAILS, "exits-behind-it").exits(3).endsAs(FAILED));
    }

    private static EndingCase process(Ending ending, String way) {
        return EndingCase.of(ending, Endings.class, way).env("PLUTO_SCOPE", "process");
    }

    private static List<EndingCase> inAHook() {
        String line = "pluto: (error: )?Endings\\.train runs untracked: the JVM is ending.*";
        return List.of(
                EndingCase.of(Ending.IN_A_HOOK, Endings.class, "in-a-hook")
                        .untracked()
                        .lines(line),
                EndingCase.of(Ending.IN_A_HOOK, Endings.class, "in-a-hook-again")
                        .endsAs(COMPLETED)
                        .line(line));
    }

    private static EndingCase fails(Ending ending, String way, String exception) {
        return EndingCase.of(ending, Endings.class, way)
                .endsAs(FAILED)
                .evidence("exception", exception)
                .evidenceContains("stack", exception);
    }

    /** The JVM has ended while the server hung, so the run is not over for the server before it answers again. */
    private static void answerAgain(FakePluto pluto, Path directory) {
        assertThat(pluto.run(1).status()).isEqualTo(RunStatus.RUNNING);
        pluto.faults().clear();
        sync(pluto, directory);
    }

    private static void sync(FakePluto pluto, Path directory) {
        Result sync = Outage.sync(pluto, directory);
        assertThat(sync.exitCode()).as(sync.toString()).isZero();
    }
}
