package io.plutorun;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A {@link Run} that reads its attributes from a handle of the agent. The handle is a function from an attribute's name to its value: a
 * {@code String}, {@code Long} or {@code Boolean}. It is null if the attribute is not known yet, or not to this version of the agent.
 */
final class BridgedRun implements Run {

    static final Run INACTIVE = new BridgedRun(attribute -> null);

    private final Function<String, Object> handle;

    BridgedRun(Function<String, Object> handle) {
        this.handle = handle;
    }

    @Override
    public boolean isActive() {
        return Boolean.TRUE.equals(handle.apply("active"));
    }

    @Override
    public boolean isResumed() {
        return Boolean.TRUE.equals(handle.apply("resumed"));
    }

    @Override
    public boolean isCancelled() {
        return Boolean.TRUE.equals(handle.apply("cancelled"));
    }

    @Override
    public OptionalLong runId() {
        return number("runId");
    }

    @Override
    public OptionalLong number() {
        return number("number");
    }

    @Override
    public Optional<String> displayId() {
        return text("displayId");
    }

    @Override
    public Optional<String> externalId() {
        return text("externalId");
    }

    @Override
    public Optional<String> organization() {
        return text("organization");
    }

    @Override
    public Optional<String> url() {
        return text("url");
    }

    @Override
    public String project() {
        return text("project").orElse("");
    }

    @Override
    public String name() {
        return text("name").orElse("");
    }

    @Override
    public Runnable wrap(Runnable task) {
        return !isActive()
                ? task
                : () -> {
                    Object frame = AgentDoor.enter(handle);
                    try {
                        task.run();
                    } finally {
                        AgentDoor.leave(frame);
                    }
                };
    }

    @Override
    public <T> Callable<T> wrap(Callable<T> task) {
        return !isActive()
                ? task
                : () -> {
                    Object frame = AgentDoor.enter(handle);
                    try {
                        return task.call();
                    } finally {
                        AgentDoor.leave(frame);
                    }
                };
    }

    @Override
    public <T> Supplier<T> wrap(Supplier<T> task) {
        return !isActive()
                ? task
                : () -> {
                    Object frame = AgentDoor.enter(handle);
                    try {
                        return task.get();
                    } finally {
                        AgentDoor.leave(frame);
                    }
                };
    }

    private Optional<String> text(String attribute) {
        Object value = handle.apply(attribute);
        return value instanceof String ? Optional.of((String) value) : Optional.empty();
    }

    private OptionalLong number(String attribute) {
        Object value = handle.apply(attribute);
        return value instanceof Long ? OptionalLong.of((Long) value) : OptionalLong.empty();
    }

    @Override
    public String toString() {
        return isActive() ? "Run[" + displayId().orElse(name()) + "]" : "Run[inactive]";
    }
}
