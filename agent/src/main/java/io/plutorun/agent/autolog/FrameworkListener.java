package io.plutorun.agent.autolog;

import io.plutorun.agent.hook.HookListener;
import io.plutorun.agent.hook.HookedCall;
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
    protected @Nullable CancellationException onEntry(HookedCall call) throws Throwable {
        return null;
    }

    /**
     * A method has returned or thrown; see {@link HookListener#exited}.
     *
     * @throws Throwable where something is not as it is known
     */
    protected @Nullable CancellationException onExit(HookedCall call) throws Throwable {
        return null;
    }

    @Override
    public final boolean notDeclared(String className, String method, @Nullable ClassLoader loader) {
        recorder.doesNotFit(FrameworkVersion.of(className, loader), "it has no " + method);
        return true;
    }

    @Override
    public final @Nullable CancellationException entered(HookedCall call) {
        try {
            return onEntry(call);
        } catch (Throwable e) {
            tell(call, e);
            return null;
        }
    }

    @Override
    public final @Nullable CancellationException exited(HookedCall call) {
        try {
            return onExit(call);
        } catch (Throwable e) {
            tell(call, e);
            return null;
        }
    }

    private void tell(HookedCall call, Throwable failure) {
        Object self = call.self();
        String version = self == null ? null : FrameworkVersion.of(self.getClass());
        HookedMethod method = call.method();
        recorder.doesNotFit(version, method.className() + "." + method.methodName() + ": " + failure);
    }
}
