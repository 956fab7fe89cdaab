package io.plutorun.agent.capture;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.hook.HookListener;
import io.plutorun.agent.hook.HookedCall;
import io.plutorun.agent.hook.HookedMethod;
import io.plutorun.agent.metrics.RunValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what is captured, outside of any run. */
final class Captures implements TextTaker {

    static final CurrentRuns NO_RUNS = new CurrentRuns() {
        @Override
        public @Nullable CurrentRun ofThread() {
            return null;
        }

        @Override
        public @Nullable CurrentRun ofTraining(String framework) {
            return null;
        }

        @Override
        public RunValues valuesOfThread() {
            return RunValues.NONE;
        }
    };

    private static final HookedMethod METHOD = new HookedMethod("C", "m", "()V");

    final List<CapturedText> texts = new ArrayList<>();
    boolean isOpen = true;

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public void take(CapturedText text) {
        texts.add(text);
    }

    List<String> lines() {
        return texts.stream().map(CapturedText::text).toList();
    }

    /** A hooked method is called, which does this. */
    static void call(HookListener listener, Object self, Runnable body, Object... arguments) {
        listener.entered(new HookedCall(METHOD, self, arguments, null, null));
        body.run();
        listener.exited(new HookedCall(METHOD, self, arguments, null, null));
    }
}
