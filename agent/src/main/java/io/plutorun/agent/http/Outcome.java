package io.plutorun.agent.http;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What became of a call to the server.
 *
 * @param <T> what a good answer holds
 */
public sealed interface Outcome<T> {

    /** Said by who stands before the server, and has given up waiting for it. */
    int GATEWAY_TIMEOUT = 504;

    /**
     * The server did what was asked.
     *
     * @param value its answer
     */
    record Answer<T>(T value) implements Outcome<T> {}

    /**
     * The server answered that it did not.
     *
     * @param status the HTTP status
     * @param reason the server's own words
     * @param retryAfter how long the server asked to be left alone; null if it did not
     */
    record Rejected<T>(int status, String reason, @Nullable Duration retryAfter) implements Outcome<T> {}

    /**
     * No answer came. Whether the request was processed is not known.
     *
     * @param reason for a person
     * @param wasSent whether the request may have reached the server, at least in part
     */
    record Unreachable<T>(String reason, boolean wasSent) implements Outcome<T> {

        /** No request was sent. */
        public Unreachable(String reason) {
            this(reason, false);
        }
    }

    /**
     * Something answered, but not as Pluto does: a captive portal, a proxy's error page, an answer cut short.
     *
     * @param status the HTTP status
     * @param reason for a person
     */
    record Unusable<T>(int status, String reason) implements Outcome<T> {}

    /** Whether the same call may well succeed later: no answer, 5xx, 408, 429, or no answer of Pluto's. Every other 4xx is final. */
    default boolean isTransient() {
        if (this instanceof Rejected<T> rejected) {
            return rejected.status >= 500 || rejected.status == 408 || rejected.status == 429;
        }
        return !(this instanceof Answer<T>);
    }

    /** The outcome with its answer read by a function; where that finds the answer unusable, so is the outcome. */
    default <U> Outcome<U> map(Function<T, Outcome<U>> reader) {
        if (this instanceof Answer<T> answer) {
            return reader.apply(answer.value);
        }
        if (this instanceof Rejected<T> rejected) {
            return new Rejected<>(rejected.status, rejected.reason, rejected.retryAfter);
        }
        if (this instanceof Unusable<T> unusable) {
            return new Unusable<>(unusable.status, unusable.reason);
        }
        Unreachable<T> unreachable = (Unreachable<T>) this;
        return new Unreachable<>(unreachable.reason, unreachable.wasSent);
    }

    /** Whether the server may be at work at the request, and do what was asked when nobody waits for the answer any more. */
    default boolean mayTakeEffectYet() {
        return (this instanceof Unreachable<T> unreachable && unreachable.wasSent)
                || (this instanceof Rejected<T> rejected && rejected.status == GATEWAY_TIMEOUT);
    }

    /** What happened, for a person: {@code 404 Run not found}. No record may have a component of this name: its accessor would override this. */
    default String words() {
        if (this instanceof Rejected<T> rejected) {
            String status = rejected.status == 0 ? "" : String.valueOf(rejected.status);
            return rejected.reason.startsWith(status) ? rejected.reason : status + " " + rejected.reason;
        }
        if (this instanceof Unusable<T> unusable) {
            return unusable.status + ", " + unusable.reason;
        }
        return this instanceof Unreachable<T> unreachable ? unreachable.reason : "ok";
    }
}
