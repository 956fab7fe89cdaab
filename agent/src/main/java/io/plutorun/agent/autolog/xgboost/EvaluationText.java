package io.plutorun.agent.autolog.xgboost;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ObjDoubleConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What XGBoost prints of a round: {@code [7]\ttrain-mlogloss:0.1234\ttest-mlogloss:0.2345}. The texts of a training's rounds have the same
 * names in the same places, so these are kept.
 */
final class EvaluationText {

    /**
     * A name that was met.
     *
     * @param printed as XGBoost prints it
     * @param known as the values have it
     */
    private record Name(String printed, String known) {}

    private static final int MAX_NAMES = 100;

    private final UnaryOperator<String> naming;
    private final List<Name> names = new CopyOnWriteArrayList<>();

    /**
     * Makes it.
     *
     * @param naming the name of values for one that XGBoost prints
     */
    EvaluationText(UnaryOperator<String> naming) {
        this.naming = naming;
    }

    /** Gives each value with its name; what is no number is left out. */
    void read(String text, ObjDoubleConsumer<String> taker) {
        int place = 0;
        for (int start = 0; start < text.length(); ) {
            int tab = text.indexOf('\t', start);
            int end = tab < 0 ? text.length() : tab;
            int colon = text.lastIndexOf(':', end - 1);
            if (colon > start) {
                Double value = number(text, colon + 1, end);
                if (value != null) {
                    taker.accept(name(place, text, start, colon), value);
                }
                place++;
            }
            start = end + 1;
        }
    }

    private String name(int place, String text, int start, int end) {
        Name here = place < names.size() ? names.get(place) : null;
        if (here != null && here.printed.length() == end - start && text.startsWith(here.printed, start)) {
            return here.known;
        }
        String printed = text.substring(start, end);
        String known = naming.apply(printed.strip());
        if (place == names.size() && place < MAX_NAMES) {
            names.add(new Name(printed, known));
        }
        return known;
    }

    private static @Nullable Double number(String text, int start, int end) {
        double decimal = Decimals.read(text, start, end);
        if (!Double.isNaN(decimal)) {
            return decimal;
        }
        return number(text.substring(start, end).strip());
    }

    private static @Nullable Double number(String text) {
        try {
            // versions before 3 write a custom metric in the default locale
            return text.isEmpty() ? null : Double.valueOf(text.replace(',', '.'));
        } catch (NumberFormatException e) {
            return special(text);
        }
    }

    private static @Nullable Double special(String text) {
        String withoutSign = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (withoutSign.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        if (withoutSign.equalsIgnoreCase("inf") || withoutSign.equalsIgnoreCase("infinity")) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return null;
    }
}
