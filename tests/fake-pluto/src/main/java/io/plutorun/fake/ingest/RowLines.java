package io.plutorun.fake.ingest;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Lines that become one row each: an object whose fields are all required, some of them whole numbers, the others texts. */
abstract class RowLines implements LineParser {

    private final List<String> numberFields;
    private final List<String> textFields;
    private final long[] numbers;
    private final String[] texts;
    private final boolean[] seen;

    /** Fields in the order in which the service's own struct has them do not matter here; each list has an order of its own. */
    RowLines(List<String> numberFields, List<String> textFields) {
        this.numberFields = numberFields;
        this.textFields = textFields;
        this.numbers = new long[numberFields.size()];
        this.texts = new String[textFields.size()];
        this.seen = new boolean[numberFields.size() + textFields.size()];
    }

    /** Checks and keeps a row whose fields are all there. */
    abstract void keep(long[] numbers, String[] texts) throws IngestProblem;

    @Override
    public final int take(JsonLine line) throws IngestProblem {
        Arrays.fill(seen, false);
        line.take('{', "ExpectedMap");
        if (!line.takeIf('}')) {
            do {
                line.string("ExpectedObjectKey");
                field(line, line.text());
            } while (line.takeIf(','));
            line.take('}', "ExpectedMapComma");
        }
        line.takeEnd();
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i]) {
                throw line.shape("missing field `" + fieldName(i) + "`");
            }
        }
        keep(numbers, texts);
        return 1;
    }

    private void field(JsonLine line, String name) throws IngestProblem {
        int number = numberFields.indexOf(name);
        int text = textFields.indexOf(name);
        if (number < 0 && text < 0) {
            throw line.shape("unknown field `" + name + "`, expected one of " + allFields());
        }
        int index = number >= 0 ? number : numbers.length + text;
        if (seen[index]) {
            throw line.shape("duplicate field `" + name + "`");
        }
        seen[index] = true;
        line.take(':', "ExpectedMapColon");
        if (number >= 0) {
            numbers[number] = line.unsigned();
        } else {
            line.string("ExpectedString");
            texts[text] = line.text();
        }
    }

    private String fieldName(int index) {
        return index < numbers.length ? numberFields.get(index) : textFields.get(index - numbers.length);
    }

    private String allFields() {
        return java.util.stream.Stream.concat(numberFields.stream(), textFields.stream())
                .map(field -> "`" + field + "`")
                .collect(Collectors.joining(", "));
    }

    /** Lines of {@code /ingest/logs}. */
    static final class Logs extends RowLines {
        private final RunData run;
        private final ContentRules rules;

        Logs(RunData run, ContentRules rules) {
            super(List.of("time", "lineNumber"), List.of("message", "logType"));
            this.run = run;
            this.rules = rules;
        }

        @Override
        void keep(long[] numbers, String[] texts) throws IngestProblem {
            LogLine line = new LogLine(numbers[0], numbers[1], texts[1], texts[0]);
            requireText("logType", line.type());
            run.add(line);
            rules.check(line);
        }
    }

    /** Lines of {@code /ingest/data}. */
    static final class Data extends RowLines {
        private final RunData run;
        private final ContentRules rules;

        Data(RunData run, ContentRules rules) {
            super(List.of("time", "step"), List.of("data", "dataType", "logName"));
            this.run = run;
            this.rules = rules;
        }

        @Override
        void keep(long[] numbers, String[] texts) throws IngestProblem {
            DataRow row = new DataRow(numbers[0], numbers[1], texts[1], texts[2], texts[0]);
            requireText("dataType", row.type());
            requireText("logName", row.name());
            run.add(row);
            rules.check(row);
        }
    }

    private static void requireText(String field, String value) throws IngestProblem {
        if (RustText.isBlank(value)) {
            throw IngestProblem.badRow("'" + field + "' field cannot be empty");
        }
    }
}
