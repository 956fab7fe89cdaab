package io.plutorun.agent.metrics;

import io.plutorun.agent.metrics.buffer.MetricName;
import io.plutorun.agent.metrics.buffer.NameRules;
import io.plutorun.agent.metrics.data.TableJson;
import io.plutorun.agent.metrics.report.Notice.Kind;
import io.plutorun.agent.metrics.report.Notices;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes texts of what the program gives, so that nothing of the program is held. They have passed the redactor, hold no character that the
 * server can't store, and are not too long.
 */
final class StorableTexts {

    /** How long a text of a string series may be. */
    private static final int MAX_TEXT = 200;

    private final UnaryOperator<String> redactor;
    private final Notices notices;

    StorableTexts(UnaryOperator<String> redactor, Notices notices) {
        this.redactor = redactor;
        this.notices = notices;
    }

    String ofSeries(MetricName series, String text) {
        String storable = storable(text);
        if (storable.length() <= MAX_TEXT) {
            return storable;
        }
        notices.tell(Kind.TEXT_CUT, series.text, "");
        return storable.substring(
                0, Character.isHighSurrogate(storable.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT);
    }

    List<String> columns(List<? extends @Nullable Object> columns) {
        List<String> names = new ArrayList<>();
        for (Object column : columns) {
            names.add(storable(String.valueOf(column)));
        }
        return names;
    }

    /** A copy of which the cells are null, numbers, truth values and texts. It calls the program's own {@code toString()}. */
    List<List<@Nullable Object>> cells(
            MetricName table, List<? extends @Nullable List<? extends @Nullable Object>> rows) {
        List<List<@Nullable Object>> copy = new ArrayList<>();
        for (List<? extends @Nullable Object> row : rows) {
            if (copy.size() == TableJson.MAX_ROWS) {
                notices.tell(Kind.TABLE_CUT, table.text, "");
                break;
            }
            List<@Nullable Object> cells = new ArrayList<>();
            for (Object cell : row == null ? List.of() : row) {
                boolean asItIs = cell == null || cell instanceof Number || cell instanceof Boolean;
                cells.add(asItIs ? cell : storable(String.valueOf(cell)));
            }
            copy.add(cells);
        }
        return copy;
    }

    private String storable(String text) {
        return NameRules.storableCharacters(redactor.apply(text));
    }
}
