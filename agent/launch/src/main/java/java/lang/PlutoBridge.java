package java.lang;

import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The door between a tracked method and the agent.
 *
 * <p>What the agent weaves into a class must call something that this class can see, whatever loader it came from: a Spring Boot fat
 * jar, an OSGi bundle, a named module, a loader without a parent. Only {@code java.base} is visible to all of them, and of its packages
 * every class may refer to {@code java.lang} without a module edge. So the agent defines this class there, when it meets the first
 * tracked class.
 *
 * <p>The agent sets the functions reflectively; their types are the JDK's own, because neither side can name a type of the other.
 * Nothing here may throw into the program, except what {@link #enter}, {@link #hookEntry} and {@link #hookExit} say.
 */
public final class PlutoBridge {

    /**
     * ({number of the tracked method, the call around it or null}, arguments) → call, null for none, or a String: why the method must
     * not start.
     */
    private static volatile BiFunction<Object[], Object[], Object> enter;

    /** (call, result of the tracked method where it is an object). */
    private static volatile BiConsumer<Object, Object> returned;

    /** (call, what the tracked method threw). */
    private static volatile BiConsumer<Object, Throwable> threw;

    /** () → the call whose run a thread outside any tracked call means; null for none. */
    private static volatile Supplier<Object> sole;

    /** (name) → the agent's function of that name, as a method handle; null as long as nobody stands behind the bridge. */
    private static volatile Function<String, Object> functions;

    /** (thread, the exception that it dies of). */
    private static volatile BiConsumer<Thread, Throwable> dying;

    /** (exit status): the JVM halts when this returns. */
    private static volatile Consumer<Object> halting;

    /** Who has asked for the JVM's end: {thread, exit status, those before}; null while nobody has. */
    private static volatile Object[] exits;

    private static final Object EXITS_LOCK = new Object();

    /**
     * The innermost tracked call of each thread: {call, the frame around it}. It holds nothing of the program, and is removed with
     * the outermost call, so that no thread of a pool keeps anything.
     */
    private static final ThreadLocal<Object[]> FRAME = new ThreadLocal<>();

    private PlutoBridge() {}

    /**
     * Whether a tracked call is going on in this thread, which a further one joins. Woven in front of {@link #enter}, before any
     * argument is boxed: a joined call costs this test and allocates nothing.
     */
    public static boolean joined() {
        try {
            return FRAME.get() != null;
        } catch (Throwable shortOfMemory) { // the first look in a thread makes an entry
            return false;
        }
    }

    /**
     * Begins a tracked call, and waits for its run as long as the settings allow.
     *
     * @return what {@link #returned} or {@link #threw} must be given; null when there is nothing to end
     * @throws IllegalStateException when the user demanded that the method does not start untracked
     */
    public static Object enter(int method, Object[] arguments) {
        BiFunction<Object[], Object[], Object> agent = enter;
        if (agent == null) {
            return null;
        }
        Object call;
        Object[] frame;
        try {
            Object[] outer = FRAME.get();
            frame = new Object[] {null, outer}; // before there is a call that must be ended
            call = agent.apply(new Object[] {method, outer == null ? null : outer[0]}, arguments);
        } catch (Throwable failureOfTheAgent) {
            return null;
        }
        if (call == null) {
            return null;
        }
        if (call instanceof String) {
            throw new IllegalStateException((String) call);
        }
        frame[0] = call;
        set(frame);
        return frame;
    }

    /** Ends a tracked call whose method returned. */
    public static void returned(Object frame, Object result) {
        if (frame != null) {
            try {
                returned.accept(leave(frame), result);
            } catch (Throwable failureOfTheAgent) {
                // the program goes on
            }
        }
    }

    /** Ends a tracked call whose method threw. The caller throws the same object on. */
    public static void threw(Object frame, Throwable thrown) {
        if (frame != null) {
            try {
                threw.accept(leave(frame), thrown);
            } catch (Throwable failureOfTheAgent) {
                // the program's own exception goes on
            }
        }
    }

    /**
     * The call whose run this thread's code belongs to, as a function from an attribute's name to its value: the innermost tracked call
     * of the thread, else, when exactly one run is active in the JVM, one of that run's; null for none. This is how
     * {@code io.plutorun.Pluto.current()} finds its run, in whatever loader it lives.
     */
    @SuppressWarnings("unchecked") // every call is such a function: the agent's side of the contract
    public static Function<String, Object> current() {
        Object[] frame = FRAME.get();
        if (frame != null) {
            return (Function<String, Object>) frame[0];
        }
        Supplier<Object> agent = sole;
        try {
            return agent == null ? null : (Function<String, Object>) agent.get();
        } catch (Throwable failureOfTheAgent) {
            return null;
        }
    }

    /**
     * What the classes of {@code io.plutorun} call, in whatever loader they live: method handles by name, which take and give types of the
     * JDK alone. {@code current}, {@code carry} and {@code leave} are the methods of this class; the others log values of a call's run. A
     * handle takes primitive numbers as they are, and is compiled into its caller, so that a value costs no object.
     *
     * @return the function from a name to its handle, which is null for none; null when the agent is not ready
     */
    public static Function<String, Object> functions() {
        return functions;
    }

    /**
     * From now on this thread is inside a call, as {@link #current} gave it to another thread. This is how {@code io.plutorun.Run.wrap}
     * carries a run along.
     *
     * @return what {@link #leave} must be given; null where there is no memory for it
     */
    public static Object carry(Object call) {
        try {
            Object[] frame = {call, FRAME.get()};
            set(frame);
            return frame;
        } catch (Throwable shortOfMemory) {
            return null;
        }
    }

    /** Where there is no memory for it, the calls inside this one open runs of their own; it ends its run all the same. */
    private static void set(Object[] frame) {
        try {
            FRAME.set(frame);
        } catch (Throwable shortOfMemory) {
            // the program goes on
        }
    }

    /**
     * This thread leaves a call, which goes on.
     *
     * @return the call
     */
    public static Object leave(Object frame) {
        if (frame == null) {
            return null;
        }
        Object[] left = (Object[]) frame;
        Object[] outer = (Object[]) left[1];
        if (outer == null) {
            FRAME.remove();
        } else {
            set(outer);
        }
        return left[0];
    }

    /**
     * {number of the hooked method, {@code this} or null, arguments} when its body is about to begin; {number, {@code this} or null,
     * arguments if they were kept, result, what it throws} when its body has ended → a {@code CancellationException} that it is to throw,
     * or null.
     */
    private static volatile Function<Object[], Object> hook;

    /**
     * Tells the agent that a hooked method's body is about to begin.
     *
     * @throws CancellationException only one that the agent has made for this call
     */
    public static void hookEntry(int method, Object self, Object[] arguments) {
        tellHooks(false, null, null, method, self, arguments);
    }

    /**
     * Tells the agent that a hooked method's body has ended. The caller returns the same result, or throws the same object on.
     *
     * @param arguments null where they were not kept
     * @throws CancellationException only one that the agent has made for this call, whose body has returned
     */
    public static void hookExit(Object result, Throwable thrown, int method, Object self, Object[] arguments) {
        tellHooks(true, result, thrown, method, self, arguments);
    }

    private static void tellHooks(
            boolean exits, Object result, Throwable thrown, int method, Object self, Object[] arguments) {
        Function<Object[], Object> agent = hook;
        if (agent == null) {
            return;
        }
        Object answer;
        try {
            answer = agent.apply(
                    exits
                            ? new Object[] {method, self, arguments, result, thrown}
                            : new Object[] {method, self, arguments});
        } catch (Throwable failureOfTheAgent) {
            return;
        }
        if (answer instanceof CancellationException) {
            throw (CancellationException) answer;
        }
    }

    /** A thread dies of an exception that nobody caught. Woven into {@code Thread.dispatchUncaughtException}, in front of all else. */
    static void dying(Throwable thrown) {
        BiConsumer<Thread, Throwable> agent = dying;
        if (agent != null) {
            try {
                agent.accept(Thread.currentThread(), thrown);
            } catch (Throwable failureOfTheAgent) {
                // the thread dies of its own exception
            }
        }
    }

    /**
     * A thread asks for the JVM's end, by {@code System.exit} or for a signal. Woven into {@code java.lang.Shutdown.exit}, in front of
     * its lock: whoever waits for that lock is here too, so nothing is done but to note it.
     */
    static void exiting(int status) {
        try {
            synchronized (EXITS_LOCK) {
                exits = new Object[] {Thread.currentThread(), status, exits};
            }
        } catch (Throwable shortOfMemory) {
            // the JVM ends all the same, with a status that is not known
        }
    }

    /** The JVM is about to halt: without hooks, or behind them. Woven into {@code java.lang.Shutdown.halt}, in front of its lock. */
    static void halting(int status) {
        Consumer<Object> agent = halting;
        if (agent != null) {
            try {
                agent.accept(status);
            } catch (Throwable failureOfTheAgent) {
                // the JVM halts
            }
        }
    }
}
