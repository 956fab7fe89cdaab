package io.plutorun.agent.autolog.xgboost;

import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/** What XGBoost prints of a round: {@code [7]\ttrain-mlogloss:0.1234\ttest-mlogloss:0.2345}. */
final class EvaluationText {

    private EvaluationText() {}

    /** Gives each value with XGBoost's own name of it; what is no number is left out. */
    static void read(String text, ObjDoubleConsumer<String> taker) {
        for (String part : text.split("\t", -1)) {
            int colon = part.lastIndexOf(':');
            if (colon > 0) {
                Double value = number(part.substring(colon + 1).strip());
                if (value != null) {
                    taker.accept(part.substring(0, colon).strip(), value);
                }
            }
        }
    }

    private static @Nullable Double number(String text) {
        String withoutSign = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (withoutSign.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        if (withoutSign.equalsIgnoreCase("inf") || withoutSign.equalsIgnoreCase("infinity")) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        try {
            return Double.valueOf(
                    text.replace(',', '.')); // versions before 3 write a custom metric in the default locale
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
