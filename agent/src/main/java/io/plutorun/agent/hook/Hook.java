package io.plutorun.agent.hook;

import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Methods of the program, or of a framework that it uses, whose calls the agent wants to hear of, and the listener that hears of them.
 *
 * <p>Only the class that declares a method's body counts: what a subclass inherits is heard of through its superclass, and an
 * interface's method in the classes that implement it.
 *
 * <p>What executes on the way to a listener must not be hooked: of the JDK, only classes that the agent itself does without.
 *
 * @param methods from a class's internal name to the patterns that name methods of it; each tests a name and a descriptor, and its text
 *     is {@code class#method}, as messages call it. One method: {@link ExactMethod}
 * @param moments when the listener is told
 * @param listener what is told
 * @param ofJdk whether the methods are the JDK's; a pattern of the user's never means those
 */
public record Hook(
        Function<String, ? extends List<? extends BiPredicate<String, String>>> methods,
        Set<Moment> moments,
        HookListener listener,
        boolean ofJdk) {

    /** A hook of methods of the program, or of a library that it brings. */
    public Hook(
            Function<String, ? extends List<? extends BiPredicate<String, String>>> methods,
            Set<Moment> moments,
            HookListener listener) {
        this(methods, moments, listener, false);
    }

    /** When a listener is told of a call. */
    public enum Moment {
        /** Before the body begins. */
        ENTRY,
        /** When the body returns or throws. */
        EXIT,
        /** The same, and the arguments are kept for it as long as the call lasts. */
        EXIT_WITH_ARGUMENTS
    }

    boolean isToldOfEntries() {
        return moments.contains(Moment.ENTRY);
    }

    boolean isToldOfExits() {
        return moments.contains(Moment.EXIT) || moments.contains(Moment.EXIT_WITH_ARGUMENTS);
    }
}
