package io.plutorun.agent.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.call.UntrackableException;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.RunRecord.Target;
import io.plutorun.agent.objects.UnusedInstrumentation;
import io.plutorun.agent.run.Sample;
import io.plutorun.agent.settings.Options.ResumeRule;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecificationsTest {

    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_000L);

    private final Sample sample = new Sample();

    private Specification specify(Object... arguments) throws UntrackableException {
        Map<String, @Nullable Object> system = new LinkedHashMap<>(Map.of("cpu", Map.of("virtual", 2)));
        return new Specifications(
                        sample.settings(),
                        new Redactor(Map.of()),
                        () -> new RunEnvironment(system, Map.of(), List.of()),
                        sample.jvm(),
                        () -> null,
                        UnusedInstrumentation.trees())
                .of(sample.method(), Optional.empty(), arguments, AT);
    }

    @Test
    void without_any_wish_there_is_a_new_run_of_the_method_s_name_in_project_pluto() throws Exception {
        Specification specification = specify();
        RunRecord.Start start = specification.start();

        assertThat(start.at()).isEqualTo(AT);
        assertThat(start.project()).isEqualTo("pluto");
        assertThat(start.name()).isEqualTo("Trainer.train");
        assertThat(start.tags()).isEmpty();
        assertThat(start.config()).isEmpty();
        assertThat(start.systemMetadata()).isEqualTo(Map.of("cpu", Map.of("virtual", 2)));
        assertThat(((Target.Create) start.target()).chosen()).isFalse();
        assertThat(specification.project().toString()).isEqualTo("the default");
        assertThat(specification.warnings()).isEmpty();
        assertThat(specification.notes()).isEmpty();
        assertThat(specify().start().target()).as("a random id").isNotEqualTo(start.target());
    }

    @Test
    void P8_of_scalars_the_highest_source_wins_and_is_remembered() throws Exception {
        sample.file.put("project", "file");
        assertThat(specify().start().project()).isEqualTo("file");
        sample.project("annotation");
        assertThat(specify().start().project()).isEqualTo("annotation");
        assertThat(specify().notes()).isEmpty();
        sample.file.put("com.acme.Outer$Trainer#train.project", "file for one");
        assertThat(specify().start().project()).isEqualTo("file for one");
        sample.arguments.put("project", "argument");
        assertThat(specify().start().project()).isEqualTo("argument");
        sample.environment.put("PLUTO_PROJECT", "environment");
        assertThat(specify().start().project()).isEqualTo("environment");
        assertThat(specify().notes())
                .containsExactly(
                        "project \"environment\" from PLUTO_PROJECT instead of the annotation's \"annotation\"");
        sample.properties.put("pluto.project", "property");
        assertThat(specify().start().project()).isEqualTo("property");
        sample.properties.put("pluto.com.acme.Outer$Trainer#train.project", "property for one");
        assertThat(specify().start().project()).isEqualTo("property for one");
        assertThat(specify().project().toString())
                .isEqualTo("system property pluto.com.acme.Outer$Trainer#train.project");
    }

    @Test
    void a_text_whose_placeholder_has_no_value_leaves_its_place_to_the_next_one() throws Exception {
        sample.environment.put("PLUTO_RUN_NAME", "x ${sys.no.such}");
        sample.name("annotated ${method}");
        Specification specification = specify();

        assertThat(specification.start().name()).isEqualTo("annotated train");
        assertThat(specification.warnings())
                .containsExactly(
                        "PLUTO_RUN_NAME: no value for ${sys.no.such}; it is left out, give it a fallback as in ${env.NAME:-fallback}");
    }

    @Test
    void tags_are_united_with_the_higher_ones_first() throws Exception {
        sample.tags("a", "b", "x ${sys.no.such}");
        sample.environment.put("PLUTO_TAGS", "c, a");
        sample.properties.put("pluto.tags", "d-${class}");
        Specification specification = specify();

        assertThat(specification.start().tags()).containsExactly("d-Trainer", "c", "a", "b");
        assertThat(specification.warnings())
                .singleElement()
                .asString()
                .contains("the annotation's tags, tag: no value for");
    }

    @Test
    void config_is_merged_key_by_key_and_to_any_depth() throws Exception {
        sample.file.put("config", "{\"from\":\"file\",\"f\":1,\"o\":{\"a\":\"file\",\"b\":\"file\"}}");
        sample.config(
                "from=annotation",
                "o.a=annotation",
                "n=5",
                "t=007",
                "q=\"quoted\"",
                "empty=",
                "yes=true",
                "none=null",
                "u=a=b");
        sample.parameter("from", null, true).parameter("o.c", null, true);
        sample.environment.put("PLUTO_CONFIG", "{\"e\":1,\"o\":{\"c\":\"environment\"}}");
        sample.properties.put("pluto.config", "{\"e\":2}");
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("from", "argument");
        expected.put("f", 1L);
        expected.put("o", Map.of("a", "annotation", "b", "file", "c", "environment"));
        expected.put("n", 5L);
        expected.put("t", "007");
        expected.put("q", "quoted");
        expected.put("empty", "");
        expected.put("yes", true);
        expected.put("none", null);
        expected.put("u", "a=b");
        expected.put("e", 2L);

        assertThat(specify("argument", "argument").start().config()).isEqualTo(expected);
    }

    @Test
    void a_config_entry_without_a_key_is_left_out_and_told() throws Exception {
        sample.config("novalue", "=x");

        assertThat(specify().start().config()).isEmpty();
        assertThat(specify().warnings())
                .hasSize(2)
                .allMatch(warning -> warning.endsWith("is left out: write key=value"));
    }

    @Test
    void all_arguments_are_captured_where_a_setting_or_the_annotation_asks_for_it() throws Exception {
        sample.parameter("lr", "lr", false);
        assertThat(specify(0.1).start().config()).isEmpty();
        sample.captureArguments(true);
        assertThat(specify(0.1).start().config()).isEqualTo(Map.of("lr", 0.1));
        sample.environment.put("PLUTO_CAPTURE_ARGUMENTS", "false");
        assertThat(specify(0.1).start().config()).isEmpty();
    }

    @Test
    void P4_the_start_mark_is_always_there_and_never_the_same() throws Exception {
        sample.environment.put("PLUTO_LOGGER_SETTINGS", "{\"startMark\":\"mine\",\"agent\":{\"x\":1}}");
        Map<String, Object> first = new LinkedHashMap<>(specify().start().loggerSettings());
        Map<String, Object> second = new LinkedHashMap<>(specify().start().loggerSettings());

        assertThat(String.valueOf(first.get("startMark"))).hasSize(36).isNotEqualTo(second.get("startMark"));
        assertThat(String.valueOf(first.get("agent"))).contains("name=pluto-agent", "x=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "[]", "\"x\"", "{\"a\":1}", "{\"a\":{},\"b\":null}"})
    void P3_a_trigger_that_would_break_the_server_s_watch_is_left_out(String trigger) throws Exception {
        sample.environment.put("PLUTO_LOGGER_SETTINGS", "{\"trigger\":" + trigger + ",\"k\":1}");

        assertThat(specify().start().loggerSettings())
                .doesNotContainKey("trigger")
                .containsEntry("k", 1L);
        assertThat(specify().warnings()).singleElement().asString().contains("trigger is left out");
    }

    @Test
    void a_good_trigger_and_other_metadata_go_through() throws Exception {
        sample.environment.put(
                "PLUTO_LOGGER_SETTINGS", "{\"trigger\":{\"loss\":{\"operator\":\">=\",\"threshold\":1}}}");
        sample.environment.put("PLUTO_SYSTEM_METADATA", "{\"cpu\":{\"physical\":1},\"site\":\"here\"}");

        assertThat(specify().start().loggerSettings()).containsKey("trigger");
        assertThat(specify().start().systemMetadata())
                .isEqualTo(Map.of("cpu", Map.of("virtual", 2, "physical", 1L), "site", "here"));
        assertThat(specify().warnings()).isEmpty();
    }

    @Test
    void an_id_and_the_resume_rule_say_which_run_is_meant() throws Exception {
        sample.resume(ResumeRule.MUST);
        assertThatThrownBy(this::specify)
                .isInstanceOf(UntrackableException.class)
                .hasMessageStartingWith("resume = MUST (the annotation's resume), but this call has no id");
        sample.externalId("e");
        assertThat(specify().start().target())
                .isEqualTo(new Target.Resume(new RunReference.ByExternalId("e", "pluto")));
        sample.environment.put("PLUTO_RESUME", "allow");
        assertThat(specify().start().target()).isEqualTo(new Target.Create("e", true));
        sample.environment.put("PLUTO_DISPLAY_ID", "ABC-1");
        assertThat(specify().start().target())
                .isEqualTo(new Target.Resume(new RunReference.ByDisplayId("ABC-1", null)));
        assertThat(specify().notes())
                .containsExactly("display id \"ABC-1\" (PLUTO_DISPLAY_ID) instead of the annotation's");
        sample.project("set");
        assertThat(specify().start().target())
                .isEqualTo(new Target.Resume(new RunReference.ByDisplayId("ABC-1", "set")));
        sample.properties.put("pluto.run.id", "42");
        assertThat(specify().start().target()).isEqualTo(new Target.Resume(new RunReference.ByRunId(42)));
    }

    @Test
    void P7_an_id_that_looks_like_a_secret_is_not_sent() {
        sample.externalId("mlps_Abc123xyz789");

        assertThatThrownBy(this::specify)
                .isInstanceOf(UntrackableException.class)
                .hasMessageStartingWith("the id from the annotation's externalId looks like a secret")
                .hasMessageNotContaining("Abc123");
    }

    @Test
    void what_the_server_would_not_take_is_mended_and_told() throws Exception {
        sample.project("ab😀cd")
                .name("n".repeat(300))
                .externalId("e".repeat(300))
                .tags("group:a", "group:b");
        Specification specification = specify();

        assertThat(specification.start().project()).isEqualTo("ab\ufffdcd");
        assertThat(specification.start().name()).hasSize(255);
        assertThat(((Target.Create) specification.start().target()).externalId())
                .hasSize(255);
        assertThat(specification.start().tags()).containsExactly("group:a");
        assertThat(specification.warnings()).hasSize(4);
    }
}
