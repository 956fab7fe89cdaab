package io.plutorun;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A {@link Run} that reads its attributes from a handle of the agent. The handle is a function from an attribute's name to its value: a
 * {@code String}, {@code Long} or {@code Boolean}. It is null if the attribute is not known yet, or not to this version of the agent.
 *
 * <p>Values go to the agent with the handle, which tells it whose they are.
 */
final class BridgedRun implements Run {

    /** No run: of what is logged to it the agent knows only that it is meant for no single run. */
    static final Run INACTIVE = new BridgedRun(null);

    /** Null for no run. */
    private final Function<String, Object> handle;

    BridgedRun(Function<String, Object> handle) {
        this.handle = handle;
    }

    @Override
    public boolean isActive() {
        return Boolean.TRUE.equals(attribute("active"));
    }

    @Override
    public boolean isResumed() {
        return Boolean.TRUE.equals(attribute("resumed"));
    }

    @Override
    public boolean isCancelled() {
        return Boolean.TRUE.equals(attribute("cancelled"));
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

    @Override
    public void log(String name, double value) {
        AgentDoor.log(handle, name, value);
    }

    @Override
    public void log(String name, double value, long step) {
        AgentDoor.log(handle, name, value, step);
    }

    @Override
    public void log(String name, Number value) {
        log(name, value, false, 0);
    }

    @Override
    public void log(String name, Number value, long step) {
        log(name, value, true, step);
    }

    @Override
    public void log(Map<String, ? extends Number> values) {
        log(values, false, 0);
    }

    @Override
    public void log(Map<String, ? extends Number> values, long step) {
        log(values, true, step);
    }

    private void log(Map<String, ? extends Number> values, boolean hasStep, long step) {
        if (!AgentDoor.isOpen() || values == null) {
            return;
        }
        try {
            for (Map.Entry<String, ? extends Number> entry : values.entrySet()) {
                if (entry.getKey() != null) {
                    log(entry.getKey(), entry.getValue(), hasStep, step);
                }
            }
        } catch (Throwable failureOfTheMap) { // it is the program's own, and may be changed by another thread
            AgentDoor.record(handle, "unreadable");
        }
    }

    private void log(String name, Number value, boolean hasStep, long step) {
        if (!AgentDoor.isOpen() || value == null) {
            return;
        }
        double number;
        try {
            number = value.doubleValue();
        } catch (Throwable failureOfTheNumber) {
            AgentDoor.record(handle, "unreadable");
            return;
        }
        if (hasStep) {
            AgentDoor.log(handle, name, number, step);
        } else {
            AgentDoor.log(handle, name, number);
        }
    }

    @Override
    public void log(String name, String text) {
        if (text != null) {
            AgentDoor.record(handle, "text", name, text);
        }
    }

    @Override
    public void log(String name, String text, long step) {
        if (text != null) {
            AgentDoor.record(handle, "text", name, text, step);
        }
    }

    @Override
    public void table(String name, List<String> columns, List<? extends List<?>> rows) {
        if (columns != null && rows != null) {
            AgentDoor.record(handle, "table", name, columns, rows);
        }
    }

    @Override
    public void histogram(String name, double[] values, long step) {
        if (values != null) {
            AgentDoor.record(handle, "histogram", name, values, step);
        }
    }

    @Override
    public void config(String name, Object value) {
        if (name != null) {
            AgentDoor.record(handle, "config", name, value);
        }
    }

    @Override
    public void config(Map<String, ?> values) {
        if (values != null) {
            AgentDoor.record(handle, "config", null, values);
        }
    }

    @Override
    public void tag(String... tags) {
        if (tags != null) {
            AgentDoor.record(handle, "tags", (Object[]) tags.clone());
        }
    }

    @Override
    public void notes(String text) {
        if (text != null) {
            AgentDoor.record(handle, "notes", text);
        }
    }

    @Override
    public void file(Path file) {
        if (file != null) {
            AgentDoor.record(handle, "file", null, file);
        }
    }

    @Override
    public void file(String name, Path file) {
        if (file != null) {
            AgentDoor.record(handle, "file", name, file);
        }
    }

    private Object attribute(String attribute) {
        return handle == null ? null : handle.apply(attribute);
    }

    private Optional<String> text(String attribute) {
        Object value = attribute(attribute);
        return value instanceof String ? Optional.of((String) value) : Optional.empty();
    }

    private OptionalLong number(String attribute) {
        Object value = attribute(attribute);
        return value instanceof Long ? OptionalLong.of((Long) value) : OptionalLong.empty();
    }

    @Override
    public String toString() {
        return isActive() ? "Run[" + displayId().orElse(name()) + "]" : "Run[inactive]";
    }
}
