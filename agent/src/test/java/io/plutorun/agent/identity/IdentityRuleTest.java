package io.plutorun.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plutorun.agent.call.UntrackableException;
import io.plutorun.agent.identity.Identity.Kind;
import io.plutorun.agent.run.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityRuleTest {

    private final Sample sample = new Sample();
    private final List<String> warnings = new ArrayList<>();

    private Optional<Identity> find() throws UntrackableException {
        return find(rule());
    }

    private Optional<Identity> find(IdentityRule rule) throws UntrackableException {
        return rule.find(sample.method(), sample.placeholders(), warnings);
    }

    private IdentityRule rule() {
        return new IdentityRule(sample.settings(), new IdClaims(() -> null, () -> "host"));
    }

    private String found() throws UntrackableException {
        return find().map(Identity::toString).orElse("none");
    }

    @ParameterizedTest
    @CsvSource({"hello", "A/B-1", "ABC-", "-1", "ABC 1"})
    void what_can_be_no_display_id_is_refused_at_once(String id) {
        sample.environment.put("PLUTO_DISPLAY_ID", id);
        assertThatThrownBy(this::found)
                .isInstanceOf(UntrackableException.class)
                .hasMessageContaining("can be no display id, those are like ABC-12");
    }

    @Test
    void without_an_id_there_is_none() throws Exception {
        sample.environment.put("PLUTO_RUN_ID", " ");
        sample.externalId("");
        assertThat(found()).isEqualTo("none");
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "42, RUN_ID",
        "007, RUN_ID",
        "ABC-12, DISPLAY_ID",
        "A1-1, DISPLAY_ID",
        "2024-01, DISPLAY_ID",
        "abc-12, EXTERNAL_ID",
        "ABCDE-1, EXTERNAL_ID",
        "ABC-, EXTERNAL_ID",
        "nightly, EXTERNAL_ID",
        "1234567890123456789, EXTERNAL_ID",
        " 42 , RUN_ID"
    })
    void PLUTO_RUN_ID_is_read_as_the_Python_SDK_reads_it(String id, Kind kind) throws Exception {
        sample.environment.put("PLUTO_RUN_ID", id);
        assertThat(find().orElseThrow().kind()).isEqualTo(kind);
    }

    @Test
    void the_other_names_say_their_kind() throws Exception {
        sample.environment.put("PLUTO_EXTERNAL_ID", "42");
        assertThat(found()).isEqualTo("external id \"42\" (PLUTO_EXTERNAL_ID)");
        sample.environment.clear();
        sample.arguments.put("display.id", "ABC-1");
        assertThat(found()).isEqualTo("display id \"ABC-1\" (agent argument display.id)");
        sample.arguments.clear();
        assertThat(new Sample().externalId("x").method().attributes().externalId())
                .isEqualTo("x");
        sample.runId("42");
        assertThat(found()).isEqualTo("run id \"42\" (the annotation's runId)");
    }

    @Test
    void P8_the_highest_source_that_names_any_id_wins_whole() throws Exception {
        sample.externalId("from-annotation");
        sample.file.put("external.id", "from-file");
        assertThat(found()).isEqualTo("external id \"from-annotation\" (the annotation's externalId)");
        sample.file.put("com.acme.Outer$Trainer#train.display.id", "FM-1");
        assertThat(found()).contains("FM-1");
        sample.arguments.put("run.id", "7");
        assertThat(found()).contains("run id \"7\"");
        sample.environment.put("PLUTO_EXTERNAL_ID", "from-environment");
        assertThat(found()).contains("from-environment");
        sample.properties.put("pluto.display.id", "SYS-1");
        assertThat(found()).isEqualTo("display id \"SYS-1\" (system property pluto.display.id)");
        sample.properties.put("pluto.com.acme.Outer$Trainer#train.run.id", "9");
        assertThat(found()).contains("run id \"9\"");
    }

    @Test
    void two_ids_in_one_source_are_an_error() {
        sample.environment.put("PLUTO_RUN_ID", "42");
        sample.environment.put("PLUTO_EXTERNAL_ID", "e");
        assertThatThrownBy(this::find)
                .isInstanceOf(UntrackableException.class)
                .hasMessage(
                        "two ids in one source, \"42\" (PLUTO_RUN_ID) and \"e\" (PLUTO_EXTERNAL_ID): keep one of them");
        sample.environment.clear();
        sample.runId("1").displayId("A-1");
        assertThatThrownBy(this::find).hasMessageContaining("two ids in one source");
    }

    @Test
    void a_run_id_is_a_number() {
        sample.runId("ABC-1");
        assertThatThrownBy(this::find)
                .isInstanceOf(UntrackableException.class)
                .hasMessageContaining("run id \"ABC-1\" (the annotation's runId) is no number");
    }

    @Test
    void P8_an_id_whose_placeholder_has_no_value_is_no_id_and_no_lower_one_takes_its_place() throws Exception {
        sample.environment.put("PLUTO_EXTERNAL_ID", "job-${env.NO_SUCH}");
        sample.externalId("lower");
        assertThat(found()).isEqualTo("none");
        assertThat(warnings)
                .containsExactly("PLUTO_EXTERNAL_ID has no value for ${env.NO_SUCH}; the call goes on without that id");
        sample.environment.put("PLUTO_EXTERNAL_ID", "${env.NO_SUCH:-}");
        assertThat(found()).isEqualTo("none");
        assertThat(warnings)
                .last()
                .asString()
                .isEqualTo("PLUTO_EXTERNAL_ID is empty; the call goes on without that id");
    }

    @Test
    void P4_an_id_from_settings_is_spent_once_and_one_from_the_annotation_never() throws Exception {
        sample.environment.put("PLUTO_EXTERNAL_ID", "once");
        IdentityRule rule = rule();
        assertThat(find(rule)).isPresent();
        assertThat(find(rule)).isEmpty();
        assertThat(warnings)
                .containsExactly(
                        "external id \"once\" (PLUTO_EXTERNAL_ID) was taken by an earlier call of this process; this call goes on without it");
        sample.environment.clear();
        sample.externalId("always");
        IdentityRule another = rule();
        assertThat(find(another)).isPresent().isEqualTo(find(another));
    }
}
