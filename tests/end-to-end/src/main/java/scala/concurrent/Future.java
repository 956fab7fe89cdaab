package scala.concurrent;

/**
 * A stand-in for Scala's, of which the agent knows but the name.
 *
 * @param <T> what it yields
 */
public interface Future<T> {

    /** Waits for it. */
    T get();
}
