package io.plutorun.agent.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.host.HostName;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.host.ThisJvm;
import io.plutorun.agent.objects.UnusedInstrumentation;
import io.plutorun.agent.run.Sample;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {

    private final TrackedMethod method = new Sample()
            .parameter("lr", "learningRate", true)
            .parameter("arg1", null, false)
            .method();
    private final Placeholders placeholders = new Placeholders(
            method,
            new Arguments(method, new Object[] {0.1, new int[] {1, 2}}, UnusedInstrumentation.trees()),
            new JvmEnvironment(
                    Map.of("USER", "ada", "EMPTY", "", "CURLY", "${method}"), System::getProperty, Clock.systemUTC()));

    private String expand(String text) {
        Placeholders.Expanded expanded = placeholders.expand(text);
        assertThat(expanded.missing()).isEmpty();
        return expanded.text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${env.USER} | ada",
                "${ env.USER } | ada",
                "${arg.lr} | 0.1",
                "${arg.learningRate} | 0.1",
                "${arg.0} | 0.1",
                "${arg.1} | [1, 2]",
                "${class} | Trainer",
                "${method} | train",
                "a${method}b${class}c | atrainbTrainerc",
                "${env.CURLY} | ${method}",
                "${env.NOPE:-fallback} | fallback",
                "${env.NOPE:-a:-b} | a:-b",
                "${env.EMPTY:-fallback} | fallback",
                "${env.USER:-fallback} | ada",
                "[${env.NOPE:-}] | []",
                "${nonsense:-x} | x",
                "$ {method} $method }{ | $ {method} $method }{",
                "plain | plain",
            })
    void a_placeholder_is_replaced_by_its_value_or_its_fallback(String text, String expanded) {
        assertThat(expand(text)).isEqualTo(expanded);
    }

    @Test
    void the_world_has_values_too() {
        System.setProperty("pluto.test.placeholder", "from a property");
        try {
            assertThat(expand("${sys.pluto.test.placeholder}")).isEqualTo("from a property");
        } finally {
            System.clearProperty("pluto.test.placeholder");
        }
        assertThat(expand("${host}"))
                .isEqualTo(HostName.of(ThisJvm.ENVIRONMENT))
                .isNotBlank();
        assertThat(LocalDate.parse(expand("${date}")))
                .isBetween(LocalDate.now(ZoneId.systemDefault()).minusDays(1), LocalDate.now(ZoneId.systemDefault()));
        assertThat(expand("${uuid}${uuid}"))
                .matches("([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}){2}")
                .matches(text -> !text.substring(0, 36).equals(text.substring(36)), "two different ones");
    }

    @Test
    void a_time_zone_of_the_program_s_own_has_a_date_too() {
        TimeZone before = TimeZone.getDefault();
        Instant lateInTheYear = Instant.parse("2026-12-31T23:30:00Z");
        Placeholders inIt = new Placeholders(
                method,
                new Arguments(method, new Object[0], UnusedInstrumentation.trees()),
                new JvmEnvironment(Map.of(), name -> null, Clock.fixed(lateInTheYear, ZoneOffset.UTC)));
        try {
            TimeZone.setDefault(new SimpleTimeZone(3_600_000, "Plant 7, local"));
            assertThat(inIt.expand("${date}").text()).isEqualTo("2027-01-01");
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${env.NOPE}",
                "${env.EMPTY}",
                "${sys.no.such}",
                "${sys.}",
                "${env.}",
                "${arg.}",
                "${arg.2}",
                "${arg.x}",
                "${}",
                "${x}",
                "${ENV.USER}"
            })
    void what_has_no_value_is_left_as_written_and_told(String placeholder) {
        Placeholders.Expanded expanded = placeholders.expand("a " + placeholder + " ${method} " + placeholder);

        assertThat(expanded.text()).isEqualTo("a " + placeholder + " train " + placeholder);
        assertThat(expanded.missing()).containsExactly(placeholder, placeholder);
    }

    @Test
    void one_that_does_not_end_is_no_placeholder() {
        assertThat(expand("a ${method} ${method")).isEqualTo("a train ${method");
        assertThat(expand("${")).isEqualTo("${");
    }
}
