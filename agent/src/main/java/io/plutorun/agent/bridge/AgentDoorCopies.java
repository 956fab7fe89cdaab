package io.plutorun.agent.bridge;

import io.plutorun.agent.edge.Console;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Set;

/**
 * The copies of {@code io.plutorun.AgentDoor}, one a class loader that has the annotations, that were loaded before the bridge was ready.
 * Each looks for the bridge when it is initialised; those for which that was too early are given what they would have found. Which of
 * them these are can't be told: all that are loaded are given it.
 */
public final class AgentDoorCopies {

    private static final String PACKAGE = "io.plutorun";
    private static final String NAME = PACKAGE + ".AgentDoor";
    private static final String FIELD = "agent";

    private AgentDoorCopies() {}

    /** Gives the functions to all copies that are loaded. A copy that is loaded later finds them in the bridge. */
    public static void give(ProgramFunctions functions, Instrumentation instrumentation, Console console) {
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (Modifier.isFinal(
                            loaded.getModifiers()) // else the JVM would make a text of each class's name, and keep it
                    && loaded.getName().equals(NAME)) {
                try {
                    give(functions, loaded, instrumentation);
                } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
                    console.debug("the io.plutorun of " + loaded.getClassLoader()
                            + " is of another version, or can't be reached: " + e);
                }
            }
        }
    }

    private static void give(ProgramFunctions functions, Class<?> copy, Instrumentation instrumentation)
            throws ReflectiveOperationException {
        Module engine = AgentDoorCopies.class.getModule();
        if (!copy.getModule().isOpen(PACKAGE, engine)) {
            instrumentation.redefineModule(
                    copy.getModule(), Set.of(), Map.of(), Map.of(PACKAGE, Set.of(engine)), Set.of(), Map.of());
        }
        Field agent = copy.getDeclaredField(FIELD);
        agent.setAccessible(true);
        agent.set(null, functions); // initialises the copy first, if it is not
    }
}
