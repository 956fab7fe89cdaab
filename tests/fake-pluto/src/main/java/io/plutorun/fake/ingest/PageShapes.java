package io.plutorun.fake.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import java.util.function.Predicate;

/** The shapes of the JSON documents that pages draw. What does not fit is left out by the page, without a word. */
final class PageShapes {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private PageShapes() {}

    /** What hides this table, or empty. */
    static Optional<String> table(String data) {
        JsonNode table = parse(data);
        if (!table.isObject()) {
            return Optional.of("the data of a TABLE is no JSON object");
        }
        if (!isArrayOf(table.path("table"), JsonNode::isArray)) {
            return Optional.of("a TABLE has no `table` of rows");
        }
        if (!isArrayOf(table.path("col"), PageShapes::isHeading)) {
            return Optional.of("a TABLE has no `col` of named columns");
        }
        if (table.has("row") && !isArrayOf(table.path("row"), PageShapes::isHeading)) {
            return Optional.of("a TABLE has a `row` that is no list of named rows");
        }
        return Optional.empty();
    }

    private static boolean isHeading(JsonNode node) {
        return node.path("name").isTextual()
                && (!node.has("dtype") || node.path("dtype").isTextual());
    }

    /** What hides this histogram and its whole series, or empty. */
    static Optional<String> histogram(String data) {
        JsonNode histogram = parse(data);
        if (!isArrayOf(histogram.path("freq"), JsonNode::isIntegralNumber)) {
            return Optional.of("a HISTOGRAM has no `freq` of whole numbers");
        }
        JsonNode bins = histogram.path("bins");
        if (!bins.path("min").isNumber()
                || !bins.path("max").isNumber()
                || !bins.path("num").isIntegralNumber()) {
            return Optional.of("a HISTOGRAM has no `bins` with min, max and num");
        }
        if (bins.path("num").intValue() != histogram.path("freq").size()) {
            return Optional.of("a HISTOGRAM has another number of bins than of frequencies");
        }
        if (!histogram.path("shape").asText().equals("uniform")
                || !histogram.path("type").asText().equals("Histogram")
                || !histogram.path("maxFreq").isIntegralNumber()) {
            return Optional.of("a HISTOGRAM lacks shape uniform, type Histogram or maxFreq");
        }
        return Optional.empty();
    }

    private static boolean isArrayOf(JsonNode node, Predicate<JsonNode> element) {
        if (!node.isArray()) {
            return false;
        }
        for (JsonNode each : node) {
            if (!element.test(each)) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode parse(String data) {
        try {
            JsonNode node = MAPPER.readTree(data);
            return node == null ? MAPPER.missingNode() : node;
        } catch (JsonProcessingException notJson) {
            return MAPPER.missingNode();
        }
    }
}
