package io.plutorun.agent.metrics.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table as the pages read it: {@code {"table":[[cell…]…],"col":[{"name":…,"dtype":…}…]}}. A column of numbers alone says so, and
 * can be filtered by them.
 */
public final class TableJson {

    /** How many rows a table has at most; the rest is cut. */
    public static final int MAX_ROWS = 10_000;

    private TableJson() {}

    /**
     * Makes the document.
     *
     * @param columns their names
     * @param rows cells that are null, a number, true or false, or a text; a short row is filled up, a long one is cut
     */
    public static String of(List<String> columns, List<? extends List<? extends @Nullable Object>> rows) {
        StringBuilder json = new StringBuilder("{\"table\":[");
        for (int row = 0; row < rows.size(); row++) {
            json.append(row == 0 ? "[" : ",[");
            for (int column = 0; column < columns.size(); column++) {
                if (column > 0) {
                    json.append(',');
                }
                cell(cellOf(rows.get(row), column), json);
            }
            json.append(']');
        }
        json.append("],\"col\":[");
        for (int column = 0; column < columns.size(); column++) {
            json.append(column == 0 ? "{\"name\":" : ",{\"name\":");
            JsonText.quote(columns.get(column), json);
            json.append(",\"dtype\":\"").append(type(rows, column)).append("\"}");
        }
        return json.append("]}").toString();
    }

    private static @Nullable Object cellOf(List<? extends @Nullable Object> row, int column) {
        return column < row.size() ? row.get(column) : null;
    }

    /** NaN and the infinities are texts here: the document is parsed as JSON proper. */
    private static void cell(@Nullable Object cell, StringBuilder json) {
        if (cell == null || cell instanceof Boolean) {
            json.append(cell);
        } else if (isInteger(cell)) {
            json.append(((Number) cell).longValue());
        } else if (cell instanceof Number number) {
            double value = number.doubleValue(); // once: it may be another one the next time
            if (Double.isFinite(value)) {
                JsonText.number(value, json);
            } else {
                JsonText.quote(number.toString(), json);
            }
        } else {
            JsonText.quote(cell.toString(), json);
        }
    }

    private static String type(List<? extends List<? extends @Nullable Object>> rows, int column) {
        boolean any = false;
        boolean whole = true;
        for (List<? extends @Nullable Object> row : rows) {
            Object cell = cellOf(row, column);
            if (cell != null) {
                if (!(cell instanceof Number)) {
                    return "str";
                }
                any = true;
                whole &= isInteger(cell);
            }
        }
        return !any ? "str" : whole ? "int" : "float";
    }

    private static boolean isInteger(Object cell) {
        return cell instanceof Long || cell instanceof Integer || cell instanceof Short || cell instanceof Byte;
    }
}
