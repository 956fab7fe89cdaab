package io.plutorun.agent.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.json.Json.SyntaxException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonObjectsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // lower                     | higher                  | merged
                "{}                          | {\"a\":1}               | {\"a\":1}",
                "{\"a\":1}                   | {}                      | {\"a\":1}",
                "{\"a\":1,\"b\":2}           | {\"b\":3,\"c\":4}       | {\"a\":1,\"b\":3,\"c\":4}",
                "{\"o\":{\"a\":1,\"b\":2}}   | {\"o\":{\"b\":3}}       | {\"o\":{\"a\":1,\"b\":3}}",
                "{\"o\":{\"p\":{\"a\":1}}}   | {\"o\":{\"p\":{\"b\":2}}} | {\"o\":{\"p\":{\"a\":1,\"b\":2}}}",
                "{\"o\":{\"a\":1}}           | {\"o\":2}               | {\"o\":2}",
                "{\"o\":2}                   | {\"o\":{\"a\":1}}       | {\"o\":{\"a\":1}}",
                "{\"o\":{\"a\":1}}           | {\"o\":null}            | {\"o\":null}",
                "{\"l\":[1,2]}               | {\"l\":[3]}             | {\"l\":[3]}",
            })
    void the_higher_object_lies_over_the_lower_key_by_key(String lower, String higher, String merged)
            throws SyntaxException {
        assertThat(Json.write(JsonObjects.merge(Json.parseObject(lower), Json.parseObject(higher))))
                .isEqualTo(merged);
    }

    @Test
    void neither_is_changed() throws SyntaxException {
        Map<String, ?> lower = Json.parseObject("{\"o\":{\"a\":1}}");
        Map<String, ?> higher = Json.parseObject("{\"o\":{\"b\":2}}");
        JsonObjects.merge(Json.object(lower), Json.object(higher));
        assertThat(Json.write(lower)).isEqualTo("{\"o\":{\"a\":1}}");
        assertThat(Json.write(higher)).isEqualTo("{\"o\":{\"b\":2}}");
    }

    @ParameterizedTest
    @CsvSource({
        "lr,               '{\"lr\":1}'",
        "optimizer.lr,     '{\"optimizer\":{\"lr\":1}}'",
        "a.b.c,            '{\"a\":{\"b\":{\"c\":1}}}'",
        ".a,               '{\".a\":1}'",
        "a.,               '{\"a.\":1}'",
        ".,                '{\".\":1}'",
        "'',               '{\"\":1}'",
        "a..b,             '{\"a\":{\".b\":1}}'"
    })
    void dots_nest_where_there_are_names_on_both_sides(String key, String object) {
        assertThat(Json.write(JsonObjects.at(key, 1))).isEqualTo(object);
    }

    @Test
    void an_object_covers_what_it_has_all_keys_of() {
        Map<String, @Nullable Object> object = Map.of("git", Map.of("commit", "a", "diff", Map.of()), "cpu", 2);

        assertThat(JsonObjects.covers(object, Map.of())).isTrue();
        assertThat(JsonObjects.covers(object, Map.of("git", Map.of("commit", "b"))))
                .isTrue();
        assertThat(JsonObjects.covers(object, Map.of("git", Map.of("dirty", true))))
                .isFalse();
        assertThat(JsonObjects.covers(object, Map.of("cpu", Map.of("count", 2))))
                .isFalse();
        assertThat(JsonObjects.covers(object, Map.of("gpu", 1))).isFalse();
    }
}
