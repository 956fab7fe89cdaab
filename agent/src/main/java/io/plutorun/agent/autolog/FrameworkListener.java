package io.plutorun.agent.autolog;

import io.plutorun.agent.hook.HookListener;
import io.plutorun.agent.hook.HookedMethod;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Hears of the calls of a framework's methods. What it can't read, in a version that is not known, is told once, and harms nothing. */
public abstract class FrameworkListener implements HookListener {

    private final Recorder recorder;

    /** Makes it for a framework's recorder. */
    protected FrameworkListener(Recorder recorder) {
        this.recorder = recorder;
    }

    /** The framework's recorder. */
    protected final Recorder recorder() {
        return recorder;
    }

    /**
     * A method was called; see {@link HookListener#entered}.
     *
     * @throws Throwable where something is not as it is known
     */
    protected @Nullable CancellationException onEntry(
            HookedMethod method, @Nullable Object self, @Nullable Object[] arguments) throws Throwable {
        return null;
    }

    /**
     * A method has returned or thrown; see {@link HookListener#exited}.
     *
     * @throws Throwable where something is not as it is known
     */
    protected @Nullable CancellationException onExit(
            HookedMethod method,
            @Nullable Object self,
            @Nullable Object[] arguments,
            @Nullable Object result,
            @Nullable Throwable thrown)
            throws Throwable {
        return null;
    }

    @Override
    public final boolean notDeclared(String className, String method, @Nullable ClassLoader loader) {
        recorder.doesNotFit(FrameworkVersion.of(className, loader), "it has no " + method);
        return true;
    }

    @Override
    public final @Nullable CancellationException entered(
            HookedMethod method, @Nullable Object self, @Nullable Object[] arguments) {
        try {
            return onEntry(method, self, arguments);
        } catch (Throwable e) {
            tell(method, self, e);
            return null;
        }
    }

    @Override
    public final @Nullable CancellationException exited(
            HookedMethod method,
            @Nullable Object self,
            @Nullable Object @Nullable [] arguments,
            @Nullable Object result,
            @Nullable Throwable thrown) {
        try {
            return onExit(method, self, arguments == null ? new @Nullable Object[0] : arguments, result, thrown);
        } catch (Throwable e) {
            tell(method, self, e);
            return null;
        }
    }

    private void tell(HookedMethod method, @Nullable Object self, Throwable failure) {
        String version = self == null ? null : FrameworkVersion.of(self.getClass());
        recorder.doesNotFit(version, method.className() + "." + method.methodName() + ": " + failure);
    }
}
