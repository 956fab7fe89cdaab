package io.plutorun.agent.run;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The stages that tracked methods return: the call goes on until they complete. */
final class Stages {

    private Stages() {}

    /**
     * Follows a stage to its end.
     *
     * @param result what a method returned that is declared to return a stage
     * @param end told how it ended, on the thread that completed it
     * @return whether the stage can be followed; if not the call has ended with the method's return
     */
    static boolean follow(@Nullable Object result, Consumer<Verdict> end) {
        if (!(result instanceof CompletionStage<?> stage)) {
            return false;
        }
        try {
            var unused = stage.whenComplete((value, thrown) -> end.accept(verdict(thrown)));
            return true;
        } catch (RuntimeException e) { // a stage of the program's own, that can't be followed
            return false;
        }
    }

    private static Verdict verdict(@Nullable Throwable thrown) {
        if (thrown == null) {
            return new Verdict.Completed();
        }
        // A stage that depends on another one hears of its failure in a wrapper: CompletionStage's own rule.
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause instanceof CancellationException
                ? new Verdict.Terminated(Map.of("reason", "the stage that the method returned was cancelled"))
                : Verdict.Failed.of(cause);
    }
}
