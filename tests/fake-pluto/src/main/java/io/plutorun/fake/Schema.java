package io.plutorun.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The shape of a request's body; what does not fit is told all together, in the words of the server's validator. */
final class Schema {

    private enum Presence {
        REQUIRED,
        /** May be left out, may not be null. */
        OPTIONAL,
        /** May be left out or null. */
        NULLISH,
        /** May be null, may not be left out. */
        NULLABLE
    }

    private sealed interface Type {}

    private record Text(int min, int max) implements Type {}

    private record Numeric(boolean timestamp) implements Type {}

    private record Flag() implements Type {}

    private record Texts(int max, @Nullable String tooMany) implements Type {}

    private record OneOf(List<String> options) implements Type {
        String spelled() {
            return options.stream().map(option -> "'" + option + "'").collect(Collectors.joining(" | "));
        }
    }

    /** A key of the body. */
    static final class Field {
        private final String name;
        private final Type type;
        private final Presence presence;

        private Field(String name, Type type, Presence presence) {
            this.name = name;
            this.type = type;
            this.presence = presence;
        }

        static Field text(String name) {
            return new Field(name, new Text(0, Integer.MAX_VALUE), Presence.REQUIRED);
        }

        static Field text(String name, int min, int max) {
            return new Field(name, new Text(min, max), Presence.REQUIRED);
        }

        static Field number(String name) {
            return new Field(name, new Numeric(false), Presence.REQUIRED);
        }

        /** Epoch milliseconds within JavaScript's range. */
        static Field timestamp(String name) {
            return new Field(name, new Numeric(true), Presence.NULLISH);
        }

        static Field flag(String name) {
            return new Field(name, new Flag(), Presence.NULLISH);
        }

        static Field texts(String name) {
            return new Field(name, new Texts(Integer.MAX_VALUE, null), Presence.REQUIRED);
        }

        static Field tags() {
            return new Field("tags", new Texts(50, "A run can have at most 50 tags"), Presence.REQUIRED);
        }

        static Field oneOf(String name, List<String> options) {
            return new Field(name, new OneOf(options), Presence.REQUIRED);
        }

        Field optional() {
            return new Field(name, type, Presence.OPTIONAL);
        }

        Field nullish() {
            return new Field(name, type, Presence.NULLISH);
        }

        Field nullable() {
            return new Field(name, type, Presence.NULLABLE);
        }
    }

    private static final double MAX_TIMESTAMP = 8_640_000_000_000_000d;

    private final List<Field> fields;

    Schema(Field... fields) {
        this.fields = List.of(fields);
    }

    /** Gives back {@code body} when it fits. */
    Input check(JsonNode body) {
        ArrayNode issues = Json.array();
        if (body instanceof ObjectNode object) {
            fields.forEach(field -> check(field, object.get(field.name), issues));
            if (issues.isEmpty()) {
                return new Input(object);
            }
        } else {
            issues.add(invalidType("object", nameOf(body), Json.array()));
        }
        throw new Refusal(zodError(issues));
    }

    /** The answer to a rule that spans several keys. */
    static Answer custom(String message) {
        ArrayNode issues = Json.array();
        issues.addObject().put("code", "custom").put("message", message).putArray("path");
        return zodError(issues);
    }

    /** JavaScript's {@code Number(text)} for a query or path parameter. */
    static double coerced(String name, @Nullable String text) {
        if (text != null) {
            if (text.isBlank()) {
                return 0;
            }
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException notANumber) {
                // told below
            }
        }
        throw new Refusal(zodError(
                Json.array().add(invalidType("number", "nan", Json.array().add(name)))));
    }

    static Answer zodError(ArrayNode issues) {
        ObjectNode error = Json.object();
        error.set("issues", issues);
        error.put("name", "ZodError");
        return Answer.json(400, Json.object().put("success", false).set("error", error));
    }

    private static void check(Field field, @Nullable JsonNode value, ArrayNode issues) {
        boolean absentIsFine = field.presence == Presence.OPTIONAL || field.presence == Presence.NULLISH;
        boolean nullIsFine = field.presence == Presence.NULLABLE || field.presence == Presence.NULLISH;
        if (value == null ? absentIsFine : value.isNull() && nullIsFine) {
            return;
        }
        ArrayNode path = Json.array().add(field.name);
        if (field.type instanceof Text text) {
            checkText(text, value, path, issues);
        } else if (field.type instanceof Numeric numeric) {
            checkNumber(numeric, value, path, issues);
        } else if (field.type instanceof Flag) {
            if (value == null || !value.isBoolean()) {
                issues.add(invalidType("boolean", nameOf(value), path));
            }
        } else if (field.type instanceof Texts texts) {
            checkTexts(texts, value, path, issues);
        } else if (field.type instanceof OneOf oneOf) {
            checkOneOf(oneOf, value, path, issues);
        }
    }

    private static void checkText(Text text, @Nullable JsonNode value, ArrayNode path, ArrayNode issues) {
        if (value == null || !value.isTextual()) {
            issues.add(invalidType("string", nameOf(value), path));
        } else if (value.textValue().length() < text.min) {
            String message = "String must contain at least " + text.min + " character(s)";
            issues.add(tooSmall(text.min, "string", message, path));
        } else if (value.textValue().length() > text.max) {
            String message = "String must contain at most " + text.max + " character(s)";
            issues.add(tooBig(text.max, "string", message, path));
        }
    }

    private static void checkNumber(Numeric numeric, @Nullable JsonNode value, ArrayNode path, ArrayNode issues) {
        if (value == null || !value.isNumber()) {
            issues.add(invalidType("number", nameOf(value), path));
        } else if (numeric.timestamp) {
            double number = value.doubleValue();
            if (number != Math.rint(number) || Double.isInfinite(number)) {
                issues.add(notWhole(path));
            }
            if (number < 0) {
                issues.add(tooSmall(0, "number", "Number must be greater than or equal to 0", path));
            }
            if (number > MAX_TIMESTAMP) {
                String message = "Number must be less than or equal to 8640000000000000";
                issues.add(tooBig((long) MAX_TIMESTAMP, "number", message, path));
            }
        }
    }

    private static void checkTexts(Texts texts, @Nullable JsonNode value, ArrayNode path, ArrayNode issues) {
        if (value == null || !value.isArray()) {
            issues.add(invalidType("array", nameOf(value), path));
            return;
        }
        if (value.size() > texts.max && texts.tooMany != null) {
            issues.add(tooBig(texts.max, "array", texts.tooMany, path));
        }
        for (int i = 0; i < value.size(); i++) {
            if (!value.get(i).isTextual()) {
                issues.add(invalidType(
                        "string", nameOf(value.get(i)), path.deepCopy().add(i)));
            }
        }
    }

    private static void checkOneOf(OneOf oneOf, @Nullable JsonNode value, ArrayNode path, ArrayNode issues) {
        if (value == null || !value.isTextual()) {
            String received = nameOf(value);
            issues.addObject()
                    .put("expected", oneOf.spelled())
                    .put("received", received)
                    .put("code", "invalid_type")
                    .<ObjectNode>set("path", path.deepCopy())
                    .put(
                            "message",
                            value == null ? "Required" : "Expected " + oneOf.spelled() + ", received " + received);
        } else if (!oneOf.options.contains(value.textValue())) {
            ObjectNode issue =
                    issues.addObject().put("received", value.textValue()).put("code", "invalid_enum_value");
            oneOf.options.forEach(issue.putArray("options")::add);
            issue.set("path", path.deepCopy());
            issue.put(
                    "message",
                    "Invalid enum value. Expected " + oneOf.spelled() + ", received '" + value.textValue() + "'");
        }
    }

    static ObjectNode invalidType(String expected, String received, ArrayNode path) {
        boolean missing = received.equals("undefined");
        return Json.object()
                .put("code", "invalid_type")
                .put("expected", expected)
                .put("received", received)
                .<ObjectNode>set("path", path.deepCopy())
                .put("message", missing ? "Required" : "Expected " + expected + ", received " + received);
    }

    static ObjectNode notWhole(ArrayNode path) {
        return Json.object()
                .put("code", "invalid_type")
                .put("expected", "integer")
                .put("received", "float")
                .put("message", "Expected integer, received float")
                .set("path", path.deepCopy());
    }

    static ObjectNode tooSmall(long minimum, String type, String message, ArrayNode path) {
        return bound(Json.object().put("code", "too_small").put("minimum", minimum), type, message, path);
    }

    static ObjectNode tooBig(long maximum, String type, String message, ArrayNode path) {
        return bound(Json.object().put("code", "too_big").put("maximum", maximum), type, message, path);
    }

    private static ObjectNode bound(ObjectNode issue, String type, String message, ArrayNode path) {
        return issue.put("type", type)
                .put("inclusive", true)
                .put("exact", false)
                .put("message", message)
                .set("path", path.deepCopy());
    }

    private static String nameOf(@Nullable JsonNode value) {
        if (value == null) {
            return "undefined";
        }
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case NUMBER -> "number";
            case STRING -> "string";
            case OBJECT, POJO, BINARY, MISSING -> "object";
        };
    }
}
