package io.plutorun.agent.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.metrics.report.Notice;
import io.plutorun.agent.metrics.report.Notice.Kind;
import io.plutorun.agent.settings.LogLevel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuesMessagesTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Console console = Console.over(printed, new Redactor(Map.of()), LogLevel.INFO);

    @Test
    void values_that_have_stopped_coming_are_told_with_what_the_runs_threads_do() {
        ValuesMessages messages = new ValuesMessages(console, () -> "DIG-5", () -> List.of(Thread.currentThread()));

        messages.notice(new Notice(Kind.SILENT, "", "12 min"));

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("run DIG-5 has logged no value for 12 min")
                .contains("thread \"" + Thread.currentThread().getName() + "\" is in ")
                .contains(getClass().getName() + ".values_that_have_stopped_coming")
                .hasLineCount(1);
    }

    @Test
    void where_the_threads_are_not_known_the_line_says_nothing_of_them() {
        new ValuesMessages(console, () -> "DIG-5", List::of).notice(new Notice(Kind.SILENT, "", "12 min"));

        assertThat(printed.toString(StandardCharsets.UTF_8).strip()).endsWith("20 times as long as usual");
    }
}
