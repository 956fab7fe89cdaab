package io.plutorun.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A body that fits its {@link Schema}. Null and absent read the same, save for {@link #has}. */
record Input(ObjectNode body) {

    boolean has(String name) {
        return body.has(name);
    }

    private @Nullable JsonNode value(String name) {
        JsonNode value = body.get(name);
        return value == null || value.isNull() ? null : value;
    }

    @Nullable
    String text(String name) {
        JsonNode value = value(name);
        return value == null ? null : value.textValue();
    }

    /** A key that the schema requires. */
    String requiredText(String name) {
        return body.required(name).textValue();
    }

    @Nullable
    Double number(String name) {
        JsonNode value = value(name);
        return value == null ? null : value.doubleValue();
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode value = value(name);
        return value == null ? otherwise : value.booleanValue();
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        JsonNode value = value(name);
        if (value != null) {
            value.forEach(element -> texts.add(element.textValue()));
        }
        return texts;
    }

    /** A required id. */
    long id(String name) {
        return asId(body.required(name).doubleValue());
    }

    /** JavaScript's {@code BigInt(number)} throws for what is no integer, and the database for what fits no int8. */
    static long asId(double number) {
        if (number != Math.rint(number) || Math.abs(number) >= 0x1p63) {
            throw new Refusal(Answer.INTERNAL_SERVER_ERROR);
        }
        return (long) number;
    }
}
