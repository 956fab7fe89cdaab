package io.plutorun.agent.weave;

import io.plutorun.agent.bridge.Bridge;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.hook.HookSource;
import io.plutorun.agent.hook.HookedMethods;
import java.lang.instrument.Instrumentation;
import java.util.List;

/**
 * Brings hooks into the program's classes: those that are loaded later, and those that are there already.
 *
 * <p>Until the first hook is registered nothing is done, and no transformer is there.
 */
public final class Hooks {

    private final Instrumentation instrumentation;
    private final Bridge bridge;
    private final HookedMethods methods;
    private final HookWeaver weaver;
    private final Console console;

    private boolean begun;

    /**
     * Makes it; nothing is hooked yet.
     *
     * @param methods the registry of the weaver, which is told of calls
     * @param weaver weaves the hooks
     * @param console where is told which classes could not be hooked
     */
    public Hooks(
            Instrumentation instrumentation, Bridge bridge, HookedMethods methods, HookWeaver weaver, Console console) {
        this.instrumentation = instrumentation;
        this.bridge = bridge;
        this.methods = methods;
        this.weaver = weaver;
        this.console = console;
    }

    /**
     * From now on hooks are woven into classes when they are loaded; into those that are loaded already, by {@link #weaveLoaded}. Cheap,
     * and may be called while a class is being loaded.
     */
    public synchronized void register(List<HookSource> sources) throws ReflectiveOperationException {
        weaver.add(sources);
        if (!begun) {
            begun = true;
            bridge.connect(methods);
            instrumentation.addTransformer(weaver, true);
        }
    }

    /**
     * Weaves hooks into the classes that were loaded before these were registered; the next calls of their methods are told. Costs little
     * where there are none, else some 100 ms, in a part of which all threads stop.
     *
     * <p>Not from within a class file transformer: the JVM asks no transformer about what is loaded or transformed there, so that classes
     * would come out unwoven. Not while a lock is held: transformers of other agents run.
     */
    public void weaveLoaded() {
        List<Class<?>> lacking = weaver.takeLacking(instrumentation.getAllLoadedClasses());
        lacking.removeIf(type -> !instrumentation.isModifiableClass(type));
        if (lacking.isEmpty()) {
            return;
        }
        try {
            instrumentation.retransformClasses(
                    lacking.toArray(new Class<?>[0])); // all at once: a time costs what it costs
        } catch (Exception | LinkageError | InternalError e) {
            lacking.forEach(this::weave); // one that can't be retransformed must not keep the others out
        }
    }

    private void weave(Class<?> type) {
        try {
            instrumentation.retransformClasses(type);
        } catch (Exception | LinkageError | InternalError e) {
            console.warn("calls of " + type.getName() + " are not recorded: it was loaded before the agent looked for"
                    + " it, and can't be changed any more (" + e + ")");
        }
    }
}
