package reactor.core.publisher;

/**
 * A stand-in for Reactor's, of which the agent knows but the name.
 *
 * @param <T> what it emits
 */
public interface Mono<T> {

    /** Waits for it. */
    T block();
}
