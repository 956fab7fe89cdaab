package io.plutorun.agent.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON text. */
public final class Json {

    /** Canonicalising field names buys nothing for a few small documents, and costs classes. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(Integer.MAX_VALUE) // a name may be as long as a text
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Jackson reads no more digits of a number, and writes and reads no deeper nesting. */
    private static final int MAX_DIGITS = StreamReadConstraints.DEFAULT_MAX_NUM_LEN;

    private static final int MAX_DEPTH = StreamReadConstraints.DEFAULT_MAX_DEPTH;

    private static final String TOO_DEEP = "…";

    private Json() {}

    /**
     * Reads one document. Jackson's own limits hold for nesting (1,000 levels) and numbers (1,000 digits), so that a hostile text ends as
     * a syntax error. How long a text may be is for the caller to see to.
     *
     * @throws SyntaxException when the text is not exactly one JSON value
     */
    public static @Nullable Object parse(String text) throws SyntaxException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return tree(parser);
        } catch (JsonEOFException e) {
            throw new SyntaxException("the text ends too early"); // Jackson's own words are for programmers
        } catch (JsonProcessingException e) {
            throw new SyntaxException(e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a String can't fail to be read
        }
    }

    /**
     * Reads a document that must be an object.
     *
     * @throws SyntaxException when it is anything else
     */
    public static Map<String, @Nullable Object> parseObject(String text) throws SyntaxException {
        Object value = parse(text);
        if (value instanceof Map<?, ?>) {
            return object(value);
        }
        throw new SyntaxException("a JSON object is expected");
    }

    /** Sees a parsed value as an object; empty if the value is not an object. */
    @SuppressWarnings("unchecked") // what parse makes has String keys
    public static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> ? (Map<String, @Nullable Object>) value : Map.of();
    }

    /**
     * Writes a tree, so that {@link #parse} can read it: a value of any other type is written as its text, and so is a number with more
     * digits than are read. What nests deeper than is read is left out.
     */
    public static String write(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            write(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nor a StringWriter to be written
        }
        return text.toString();
    }

    /**
     * Writes an object that many documents will hold.
     *
     * @param object it and what it holds are not changed any more
     */
    public static WrittenObject written(Map<String, @Nullable Object> object) {
        return new WrittenObject(object, write(object));
    }

    /** A loop and no recursion, of which the JVM would compile twice as much: that is a good part of what many short runs cost. */
    private static @Nullable Object tree(JsonParser parser) throws IOException {
        Deque<Object> around = new ArrayDeque<>();
        Object tree = null;
        do {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new JsonParseException(parser, "no value");
            }
            if (token.isStructEnd()) {
                around.pop();
            } else if (token != JsonToken.FIELD_NAME) {
                Object value = value(token, parser);
                if (around.isEmpty()) {
                    tree = value;
                } else {
                    add(around.peek(), parser.currentName(), value);
                }
                if (value != null && token.isStructStart()) {
                    around.push(value);
                }
            }
        } while (!around.isEmpty());
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "more than one value");
        }
        return tree;
    }

    @SuppressWarnings("unchecked") // what value makes
    private static void add(Object around, @Nullable String name, @Nullable Object value) {
        if (around instanceof Map<?, ?>) {
            ((Map<@Nullable String, @Nullable Object>) around).put(name, value);
        } else {
            ((List<@Nullable Object>) around).add(value);
        }
    }

    /** Of an object or an array it is one that is empty yet. */
    private static @Nullable Object value(JsonToken token, JsonParser parser) throws IOException {
        return switch (token) {
            case START_OBJECT -> new LinkedHashMap<String, @Nullable Object>();
            case START_ARRAY -> new ArrayList<@Nullable Object>();
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new JsonParseException(parser, "a value is expected");
        };
    }

    private static Number integer(JsonParser parser) throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? parser.getBigIntegerValue()
                : Long.valueOf(parser.getLongValue());
    }

    /** A loop, for the same reason as {@link #tree}. */
    private static void write(@Nullable Object tree, JsonGenerator generator) throws IOException {
        Deque<Iterator<?>> around = new ArrayDeque<>();
        around.push(Collections.singletonList(tree).iterator());
        while (!around.isEmpty()) {
            Iterator<?> rest = around.peek();
            boolean isObject = generator.getOutputContext().inObject();
            if (rest.hasNext()) {
                Object value = rest.next();
                if (isObject) {
                    Map.Entry<?, ?> field = (Map.Entry<?, ?>) value;
                    generator.writeFieldName(String.valueOf(field.getKey()));
                    value = field.getValue();
                }
                begin(value, generator, around);
            } else {
                around.pop();
                if (isObject) {
                    generator.writeEndObject();
                } else if (!around.isEmpty()) {
                    generator.writeEndArray();
                }
            }
        }
    }

    /**
     * Writes a value, or the beginning of an object or of an array.
     *
     * @param around what is left to write of the objects and arrays around it; that of this one is put upon them
     */
    private static void begin(@Nullable Object value, JsonGenerator generator, Deque<Iterator<?>> around)
            throws IOException {
        boolean isTooDeep = around.size() > MAX_DEPTH;
        if (value instanceof WrittenObject written && !isTooDeep) {
            generator.writeRawValue(written.text());
        } else if (value instanceof Map<?, ?> object && !isTooDeep) {
            generator.writeStartObject();
            around.push(object.entrySet().iterator());
        } else if (value instanceof Iterable<?> array && !isTooDeep) {
            generator.writeStartArray();
            around.push(array.iterator());
        } else if (value instanceof Number number) {
            write(number, generator);
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value == null) {
            generator.writeNull();
        } else {
            boolean isLeftOut = value instanceof Map<?, ?> || value instanceof Iterable<?>;
            generator.writeString(isLeftOut ? TOO_DEEP : value.toString());
        }
    }

    private static void write(Number number, JsonGenerator generator) throws IOException {
        if (number instanceof BigInteger || number instanceof BigDecimal) {
            String text = number.toString();
            if (text.length() > MAX_DIGITS) {
                generator.writeString(text);
            } else {
                generator.writeNumber(text);
            }
        } else if (number instanceof Float single) {
            generator.writeNumber(single);
        } else if (number instanceof Double twice) {
            generator.writeNumber(twice);
        } else if (number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte
                || number instanceof AtomicLong
                || number instanceof AtomicInteger) {
            generator.writeNumber(number.longValue());
        } else { // such as a DoubleAdder, whose long value would be another number
            generator.writeString(number.toString());
        }
    }

    /** A text that is no JSON, with the reason. */
    public static final class SyntaxException extends Exception {

        private static final long serialVersionUID = 1;

        SyntaxException(String message) {
            super(message);
        }
    }
}
