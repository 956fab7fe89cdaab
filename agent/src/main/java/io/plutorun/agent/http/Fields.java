package io.plutorun.agent.http;

import io.plutorun.agent.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an answer, read leniently: what is missing, null or of an unexpected type is absent, unknown fields do not matter.
 *
 * @param status the answer's HTTP status
 * @param values the fields
 */
public record Fields(int status, Map<String, @Nullable Object> values) {

    @Nullable
    public String text(String name) {
        return values.get(name) instanceof String text ? text : null;
    }

    public boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    public OptionalLong number(String name) {
        Object value = values.get(name);
        if (value instanceof Long number) {
            return OptionalLong.of(number);
        }
        return value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1L << 53
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    /** A step: a number, or a text of one, as which the server's database gives what JavaScript's numbers can't hold. */
    public OptionalLong step(String name) {
        try {
            return values.get(name) instanceof String text ? OptionalLong.of(Long.parseLong(text)) : number(name);
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    @Nullable
    public Instant instant(String name) {
        String text = text(name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Nullable
    public List<String> texts(String name) {
        if (!(values.get(name) instanceof List<?> elements)) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (Object element : elements) {
            if (element instanceof String text) {
                texts.add(text);
            }
        }
        return texts;
    }

    public Map<String, @Nullable Object> object(String name) {
        return Json.object(values.get(name));
    }

    public List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        if (values.get(name) instanceof List<?> elements) {
            elements.forEach(element -> objects.add(new Fields(status, Json.object(element))));
        }
        return objects;
    }

    /** The outcome of a call whose answer is not what Pluto would say. */
    public <T> Outcome<T> unusable(String why) {
        return new Outcome.Unusable<>(status, "an answer that is not Pluto's: " + why);
    }
}
