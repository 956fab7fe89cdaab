package io.plutorun.agent.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plutorun.agent.json.Json.SyntaxException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void every_type_is_read_as_the_jdks() throws SyntaxException {
        assertThat(Json.parse("\"text \\u2603 \\n\"")).isEqualTo("text ☃ \n");
        assertThat(Json.parse("true")).isEqualTo(true);
        assertThat(Json.parse("false")).isEqualTo(false);
        assertThat(Json.parse("null")).isNull();
        assertThat(Json.parse("[1, [], \"a\"]")).isEqualTo(List.of(1L, List.of(), "a"));
        assertThat(Json.parse(" {\"a\": {\"b\": [null]}} \n"))
                .isEqualTo(Map.of("a", Map.of("b", Arrays.asList((Object) null))));
    }

    @Test
    void a_whole_number_is_a_long_and_a_bigger_one_a_big_integer() throws SyntaxException {
        assertThat(Json.parse("0")).isEqualTo(0L);
        assertThat(Json.parse("-17")).isEqualTo(-17L);
        assertThat(Json.parse("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(Json.parse("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        assertThat(Json.parse("9223372036854775808")).isEqualTo(new BigInteger("9223372036854775808"));
    }

    @Test
    void a_number_with_a_point_or_an_exponent_is_a_double() throws SyntaxException {
        assertThat(Json.parse("0.1")).isEqualTo(0.1);
        assertThat(Json.parse("-1e-3")).isEqualTo(-0.001);
        assertThat(Json.parse("1.0")).isEqualTo(1.0);
    }

    @Test
    void the_order_of_fields_is_kept_and_the_last_of_two_equal_ones_wins() throws SyntaxException {
        assertThat(Json.parseObject("{\"z\":1,\"a\":2,\"z\":3}").entrySet())
                .map(Object::toString)
                .containsExactly("z=3", "a=2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{",
                "[1",
                "[1,]",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "{'a':1}",
                "\"open",
                "nul",
                "01",
                "1.",
                "+1",
                "NaN",
                "1 2",
                "{} {}",
                "{}]",
                "// comment\n1",
                "\"\\x\"",
                "\"line\nbreak\"",
                "]",
                "}",
                ","
            })
    void what_is_not_exactly_one_value_is_a_syntax_error_with_a_reason(String text) {
        assertThatExceptionOfType(SyntaxException.class)
                .isThrownBy(() -> Json.parse(text))
                .withMessageNotContaining("StreamReadFeature")
                .extracting(Throwable::getMessage)
                .asString()
                .isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void a_nesting_bomb_is_a_syntax_error(String opening) {
        assertThatExceptionOfType(SyntaxException.class)
                .isThrownBy(() -> Json.parse(opening.repeat(100_000)))
                .withMessageContaining("depth");
    }

    @Test
    void a_number_of_a_thousand_digits_is_read_and_a_longer_one_is_a_syntax_error() throws SyntaxException {
        assertThat(Json.parse("9".repeat(1000))).isEqualTo(new BigInteger("9".repeat(1000)));
        assertThatExceptionOfType(SyntaxException.class).isThrownBy(() -> Json.parse("9".repeat(1001)));
        assertThatExceptionOfType(SyntaxException.class).isThrownBy(() -> Json.parse("1." + "9".repeat(100_000)));
    }

    @Test
    void an_object_may_be_demanded() throws SyntaxException {
        assertThat(Json.parseObject("{\"a\":1}")).isEqualTo(Map.of("a", 1L));
        for (String other : List.of("[]", "1", "null", "\"{}\"")) {
            assertThatExceptionOfType(SyntaxException.class)
                    .isThrownBy(() -> Json.parseObject(other))
                    .withMessageContaining("object");
        }
    }

    @Test
    void what_is_no_object_is_seen_as_an_empty_one() {
        assertThat(Json.object(Map.of("a", 1L))).isEqualTo(Map.of("a", 1L));
        assertThat(Json.object(null)).isEmpty();
        assertThat(Json.object(List.of(1))).isEmpty();
        assertThat(Json.object("text")).isEmpty();
    }

    @Test
    void a_tree_is_written_without_blanks() {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("text", "a \"quote\", \\ and \n ☃");
        object.put("none", null);
        object.put("list", Arrays.asList(true, null, Map.of()));
        assertThat(Json.write(object))
                .isEqualTo("{\"text\":\"a \\\"quote\\\", \\\\ and \\n ☃\",\"none\":null,\"list\":[true,null,{}]}");
    }

    @Test
    void numbers_of_every_type_are_written_as_themselves() {
        assertThat(Json.write(List.of((byte) 1, (short) 2, 3, 4L, 1.5f, 2.5, new BigInteger("123456789012345678901"))))
                .isEqualTo("[1,2,3,4,1.5,2.5,123456789012345678901]");
        assertThat(Json.write(List.of(new BigDecimal("0.10"), new AtomicInteger(7), new AtomicLong(8))))
                .isEqualTo("[0.10,7,8]");
    }

    @Test
    void a_number_of_an_unknown_type_is_not_cut_to_a_whole_one() {
        DoubleAdder adder = new DoubleAdder();
        adder.add(0.5);
        assertThat(Json.write(adder)).isEqualTo("\"0.5\"");
    }

    @Test
    void a_number_that_json_does_not_have_is_written_as_text() {
        assertThat(Json.write(List.of(Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY)))
                .isEqualTo("[\"NaN\",\"Infinity\",\"-Infinity\"]");
    }

    @Test
    void any_other_value_is_written_as_its_text_and_any_key_too() {
        assertThat(Json.write(Map.of(1, Thread.State.NEW))).isEqualTo("{\"1\":\"NEW\"}");
        assertThat(Json.write('c')).isEqualTo("\"c\"");
        assertThat(Json.write(null)).isEqualTo("null");
    }

    @Test
    void what_is_written_reads_the_same() throws SyntaxException {
        String text = "{\"a\":[1,2.5,\"x\",null,true,{\"b\":{}}],\"big\":123456789012345678901}";
        assertThat(Json.write(Json.parse(text))).isEqualTo(text);
    }

    @Test
    void an_object_that_is_written_already_is_the_same_text_in_any_document() {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("text", "a \"quoted\" one\n");
        object.put("list", List.of(1, 2.5, Map.of()));
        object.put("none", null);
        WrittenObject written = Json.written(object);

        assertThat(written).isEqualTo(object);
        assertThat(written.get("text")).isEqualTo(object.get("text"));
        assertThat(written.containsKey("none")).isTrue();
        assertThat(Json.write(written)).isEqualTo(written.text()).isEqualTo(Json.write(object));
        assertThat(Json.write(Map.of("part", written))).isEqualTo(Json.write(Map.of("part", object)));
        assertThat(Json.write(List.of(written, written))).isEqualTo(Json.write(List.of(object, object)));
    }

    private static Object nested(Object inmost, int levels) {
        Object tree = inmost;
        for (int level = 0; level < levels; level++) {
            tree = level % 2 == 0 ? List.of(tree) : Map.of("in", tree);
        }
        return tree;
    }

    @Test
    void as_deep_as_can_be_read_is_written_and_what_is_deeper_is_left_out() throws SyntaxException {
        assertThat(Json.parse(Json.write(nested("in", 1000)))).isEqualTo(nested("in", 1000));
        assertThat(Json.parse(Json.write(nested(List.of("in"), 1000)))).isEqualTo(nested("…", 1000));
        assertThat(Json.parse(Json.write(nested(Json.written(Map.of("a", 1)), 1000))))
                .isEqualTo(nested("…", 1000));
        assertThat(Json.parse(Json.write(nested(Json.written(Map.of("a", 1L)), 999))))
                .isEqualTo(nested(Map.of("a", 1L), 999));
    }
}
