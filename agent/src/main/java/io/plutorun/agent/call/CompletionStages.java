package io.plutorun.agent.call;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The stages that tracked methods return: the call goes on until they complete. */
public final class CompletionStages {

    private CompletionStages() {}

    /**
     * Follows a stage to its end.
     *
     * @param result what a method returned that is declared to return a stage
     * @param end told what it completed with, and what it failed with, null when it completed; on the thread that completed it
     * @return whether the stage can be followed; if not the call has ended with the method's return
     */
    public static boolean follow(@Nullable Object result, BiConsumer<@Nullable Object, @Nullable Throwable> end) {
        if (!(result instanceof CompletionStage<?> stage)) {
            return false;
        }
        try {
            var unused = stage.whenComplete((value, thrown) -> end.accept(value, cause(thrown)));
            return true;
        } catch (RuntimeException | Error e) { // a stage of the program's own, that can't be followed
            return false;
        }
    }

    /** A stage that depends on another one hears of its failure in a wrapper: the rule of {@link CompletionStage}. */
    private static @Nullable Throwable cause(@Nullable Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }
}
