package io.plutorun.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LoggedRecordsTest {

    private final Captures captures = new Captures();
    private final LoggedRecords records = new LoggedRecords(LogFramework.JUL, Captures.NO_RUNS, captures);
    private final PrintedLines printed = new PrintedLines(Captures.NO_RUNS, captures, StandardCharsets.UTF_8);
    private final Logger logger = Logger.getLogger(LoggedRecordsTest.class.getName());

    private static LogRecord record(Level level, String message, Object... parameters) {
        LogRecord record = new LogRecord(level, message);
        record.setParameters(parameters);
        return record;
    }

    private void print(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Captures.call(printed, System.err, () -> {}, bytes, 0, bytes.length);
    }

    @Test
    void the_message_of_a_record_is_taken_with_its_parameters_in_it() {
        Captures.call(records, logger, () -> {}, record(Level.INFO, "epoch {0} loss={1}", 3, "0.5"));
        Captures.call(records, logger, () -> {}, record(Level.INFO, "as it is: {x}"));
        assertThat(captures.lines()).containsExactly("epoch 3 loss=0.5", "as it is: {x}");
        assertThat(captures.texts).allMatch(CapturedText::isLogged);
    }

    @Test
    void what_the_loggers_level_keeps_back_is_not() {
        Captures.call(records, logger, () -> print("printed\n"), record(Level.FINE, "fine"));
        assertThat(captures.lines()).containsExactly("printed");
    }

    @Test
    void what_its_logging_prints_and_logs_is_the_records() {
        LogRecord record = record(Level.INFO, "a");
        Captures.call(
                records,
                logger,
                () -> {
                    Captures.call(records, logger, () -> print("b\n"), record(Level.INFO, "bridged"));
                    print("a\n");
                },
                record);
        print("c\n");
        assertThat(captures.lines()).containsExactly("a", "bridged", "b", "a", "c");
        Object reader = new Object();
        captures.texts.get(2).readBy(reader);
        assertThat(captures.texts).map(text -> text.isReadBy(reader)).containsExactly(true, true, true, true, false);
    }

    @Test
    void a_message_that_can_not_be_made_is_the_programs_affair() {
        Object failing = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException();
            }
        };
        Captures.call(records, logger, () -> print("printed\n"), record(Level.INFO, "{0}", failing));
        assertThat(captures.lines()).contains("printed");
    }
}
