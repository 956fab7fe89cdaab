package io.plutorun.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a route, read as the server's validator reads them. Ask for all, then {@link #check()}: what does not fit
 * is told together.
 */
final class Query {

    private final Call call;
    private final ArrayNode issues = Json.array();

    Query(Call call) {
        this.call = call;
    }

    /** A required text; may be empty. */
    String text(String name) {
        String value = call.query(name);
        if (value == null) {
            issues.add(Schema.invalidType("string", "undefined", Json.array().add(name)));
            return "";
        }
        return value;
    }

    /** Null when it is absent or empty: the server's code takes both for "no filter". */
    @Nullable
    String filter(String name) {
        String value = call.query(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** A required number. */
    double number(String name) {
        return number(name, call.query(name));
    }

    /** A number within bounds, {@code otherwise} when it is absent. */
    double number(String name, double otherwise, long min, long max) {
        String text = call.query(name);
        if (text == null) {
            return otherwise;
        }
        double value = number(name, text);
        if (value < min) {
            String message = "Number must be greater than or equal to " + min;
            issues.add(Schema.tooSmall(min, "number", message, Json.array().add(name)));
        }
        if (value > max) {
            String message = "Number must be less than or equal to " + max;
            issues.add(Schema.tooBig(max, "number", message, Json.array().add(name)));
        }
        return value;
    }

    /** A step, {@code otherwise} when it is absent. */
    double step(String name, double otherwise) {
        String text = call.query(name);
        double value = number(name, otherwise, 0, Long.MAX_VALUE);
        if (text != null && value != Math.rint(value)) {
            issues.add(Schema.notWhole(Json.array().add(name)));
        }
        return value;
    }

    private double number(String name, @Nullable String text) {
        if (text != null && text.isBlank()) {
            return 0;
        }
        try {
            return Double.parseDouble(text == null ? "" : text);
        } catch (NumberFormatException notANumber) {
            issues.add(Schema.invalidType("number", "nan", Json.array().add(name)));
            return 0;
        }
    }

    void check() {
        if (!issues.isEmpty()) {
            throw new Refusal(Schema.zodError(issues));
        }
    }
}
