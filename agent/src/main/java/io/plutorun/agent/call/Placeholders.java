package io.plutorun.agent.call;

import io.plutorun.agent.host.HostName;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.host.RandomId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;

/** Replaces <code>${…}</code> in names, ids, tags and config: see the javadoc of {@code io.plutorun.PlutoRun}. */
public final class Placeholders {

    private final TrackedMethod method;
    private final Arguments arguments;
    private final JvmEnvironment jvm;

    public Placeholders(TrackedMethod method, Arguments arguments, JvmEnvironment jvm) {
        this.method = method;
        this.arguments = arguments;
        this.jvm = jvm;
    }

    /**
     * A text with its placeholders replaced.
     *
     * @param text the result; what has no value is left as it was written
     * @param missing the placeholders that have neither value nor fallback
     */
    public record Expanded(String text, List<String> missing) {}

    public Expanded expand(String text) {
        StringBuilder result = new StringBuilder();
        List<String> missing = new ArrayList<>(0);
        int at = 0;
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", at)) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                break;
            }
            String placeholder = text.substring(open, close + 1);
            Optional<String> value = value(text.substring(open + 2, close));
            result.append(text, at, open).append(value.orElse(placeholder));
            if (value.isEmpty()) {
                missing.add(placeholder);
            }
            at = close + 1;
        }
        return new Expanded(result.append(text.substring(at)).toString(), missing);
    }

    /** By the JVM's time zone, which may be one of the program's own, that {@link java.time.ZoneId} does not know. */
    private LocalDate today() {
        Instant now = jvm.clock().instant();
        int offset = TimeZone.getDefault().getOffset(now.toEpochMilli());
        return now.plusMillis(offset).atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private Optional<String> value(String expression) {
        int sign = expression.indexOf(":-");
        String name = sign < 0 ? expression : expression.substring(0, sign);
        Optional<String> value = lookUp(name.strip()).filter(found -> !found.isEmpty());
        return value.isEmpty() && sign >= 0 ? Optional.of(expression.substring(sign + 2)) : value;
    }

    private Optional<String> lookUp(String name) {
        if (name.startsWith("env.")) {
            return Optional.ofNullable(jvm.variable(name.substring("env.".length())));
        }
        if (name.startsWith("sys.")
                && name.length() > "sys.".length()) { // no property has an empty name, to ask for one throws
            return Optional.ofNullable(jvm.property(name.substring("sys.".length())));
        }
        if (name.startsWith("arg.")) {
            return arguments.text(name.substring("arg.".length()));
        }
        return switch (name) {
            case "class" -> Optional.of(method.simpleClassName());
            case "method" -> Optional.of(method.methodName());
            case "host" -> Optional.of(HostName.of(jvm));
            case "date" -> Optional.of(today().toString());
            case "uuid" -> Optional.of(RandomId.uuid());
            default -> Optional.empty();
        };
    }
}
