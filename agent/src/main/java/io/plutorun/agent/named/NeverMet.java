package io.plutorun.agent.named;

import io.plutorun.agent.edge.Console;
import io.plutorun.agent.host.AgentThreads;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Tells, at the JVM's end, which entries of {@code PLUTO_METHODS} have met no method, with the nearest names that were met.
 *
 * <p>The same settings may reach many JVMs, and most have nothing to do with them. So it is told where a run was made; else only where no
 * entry has met a method, and the program is probably one of those that the entries are of.
 */
public final class NeverMet {

    private static final int MOST_ENTRIES = 10;

    /** A name that nobody needs to see: no source has such characters in it. */
    private static final String GENERATED = "$$";

    private final MethodEntries named;
    private final String source;
    private final Supplier<Class<?>[]> loaded;
    private final Console console;

    /**
     * Makes it.
     *
     * @param source which setting names the methods, for messages
     * @param loaded all classes of this JVM, at the time of asking
     */
    public NeverMet(MethodEntries named, String source, Supplier<Class<?>[]> loaded, Console console) {
        this.named = named;
        this.source = source;
        this.loaded = loaded;
        this.console = console;
    }

    /** Does what {@link #tell} does when the JVM ends; not where it is ending already. */
    public void tellAtJvmEnd(BooleanSupplier madeRuns, boolean isMeant) {
        try {
            Runtime.getRuntime()
                    .addShutdownHook(new AgentThreads("named").newThread(() -> tell(madeRuns.getAsBoolean(), isMeant)));
        } catch (IllegalStateException | SecurityException e) {
            console.debug("what was never met is not told: " + e);
        }
    }

    /**
     * Tells, and waits a moment until it is written.
     *
     * @param madeRuns whether this JVM has made a run
     * @param isMeant whether the program is probably one of those that the entries are of
     */
    public void tell(boolean madeRuns, boolean isMeant) {
        List<String> entries = named.neverMet();
        if (entries.isEmpty() || !(madeRuns || (isMeant && !named.isAnyMet()))) {
            return;
        }
        Set<String> classes = programClasses();
        for (String entry : entries.subList(0, Math.min(MOST_ENTRIES, entries.size()))) {
            console.warn(source + ": nothing was met that \"" + entry + "\" names; " + hint(entry, classes));
        }
        if (entries.size() > MOST_ENTRIES) {
            console.warn(source + ": nor was anything met of " + (entries.size() - MOST_ENTRIES) + " more entries");
        }
        console.flush(Console.FLUSH_AT_THE_END);
    }

    /** Names only. What the JDK brings, the agent, and what has no name in any source is left out. */
    private Set<String> programClasses() {
        ClassLoader agent = NeverMet.class.getClassLoader();
        ClassLoader platform = agent.getParent();
        Set<String> names = new LinkedHashSet<>();
        for (Class<?> type : loaded.get()) {
            ClassLoader loader = type.getClassLoader();
            String name = type.getName();
            boolean isOfProgram = loader != null && loader != platform && loader != agent && !type.isArray();
            if (isOfProgram
                    && name.indexOf('/') < 0
                    && !name.contains(GENERATED)
                    && !name.startsWith("io.plutorun.agent.")) {
                names.add(name);
            }
        }
        return names;
    }

    private String hint(String entry, Set<String> classes) {
        if (entry.startsWith("@")) {
            List<String> near = NearNames.ofClasses(entry.substring(1), classes);
            return near.isEmpty()
                    ? "an annotation is seen on methods of classes that are loaded, where its retention is not SOURCE"
                    : nearest(near);
        }
        String className = entry.substring(0, entry.indexOf('#'));
        String rest = entry.substring(entry.indexOf('#') + 1);
        String method = rest.indexOf('(') < 0 ? rest : rest.substring(0, rest.indexOf('('));
        List<String> near = className.indexOf('*') < 0 ? NearNames.ofClasses(className, classes) : methods(method);
        return near.isEmpty() ? "no class was loaded whose name is near" : nearest(near);
    }

    /** Of the classes that a wildcard matches. */
    private List<String> methods(String meant) {
        List<String> near = new ArrayList<>();
        List<String> others = named.otherMethods();
        List<String> names = others.stream()
                .map(name -> name.substring(name.indexOf('#') + 1))
                .toList();
        for (String name : NearNames.of(meant, names)) {
            others.stream().filter(other -> other.endsWith("#" + name)).limit(1).forEach(near::add);
        }
        return near;
    }

    private static String nearest(List<String> names) {
        return "the nearest that was: " + String.join(", ", names);
    }
}
