package io.plutorun.agent.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.call.UntrackableException;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.objects.UnusedInstrumentation;
import io.plutorun.agent.run.Sample;
import io.plutorun.agent.settings.ApiKey;
import io.plutorun.agent.settings.Endpoints;
import io.plutorun.agent.spec.RunEnvironment;
import io.plutorun.agent.spec.Specification;
import io.plutorun.agent.spec.Specifications;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each line says what happened, from which source, and what to do. */
class MessagesTest {

    private final Sample sample = new Sample();

    MessagesTest() {
        sample.environment.put("PLUTO_API_KEY", "mlps_TheKeyItself");
        sample.environment.put("PLUTO_HOST", "pluto.acme");
    }

    private Messages messages() throws Exception {
        return new Messages(Endpoints.of(sample.settings()), ApiKey.find(sample.settings()));
    }

    private Specification specification() throws UntrackableException {
        return new Specifications(
                        sample.settings(),
                        new Redactor(Map.of()),
                        () -> RunEnvironment.NONE,
                        new Sample().jvm(),
                        () -> null,
                        UnusedInstrumentation.trees())
                .of(sample.method(), Optional.empty(), new Object[0], Instant.EPOCH);
    }

    private static StartedRun run(@Nullable String url, boolean resumed) {
        return new StartedRun(7, OptionalLong.empty(), "ABC-7", "p", "o", url, resumed);
    }

    private String refused(int status, String reason) throws Exception {
        String refusal = messages().refusal(specification(), new Outcome.Rejected<>(status, reason, null));
        return messages().refused(specification(), refusal, null);
    }

    @Test
    void a_start_tells_id_and_page_and_what_was_overridden() throws Exception {
        assertThat(messages().started(specification(), run("http://x/7", false), false))
                .isEqualTo("run ABC-7 started: http://x/7");
        sample.project("a");
        sample.environment.put("PLUTO_PROJECT", "b");
        assertThat(messages().started(specification(), run(null, true), true))
                .isEqualTo(
                        "run ABC-7 resumed late (project \"b\" from PLUTO_PROJECT instead of the annotation's \"a\")");
    }

    @Test
    void an_end_tells_the_verdict_its_reason_and_the_time() throws Exception {
        assertThat(ended(RunStatus.COMPLETED, Map.of("duration_seconds", 1.5)))
                .isEqualTo("run ABC-7 COMPLETED after 1.5 s: u");
        assertThat(ended(RunStatus.FAILED, Map.of("duration_seconds", 2.0, "exception", "x.Y")))
                .isEqualTo("run ABC-7 FAILED after 2.0 s (x.Y): u");
        assertThat(ended(RunStatus.TERMINATED, Map.of("duration_seconds", 2.0, "signal", "SIGTERM")))
                .isEqualTo("run ABC-7 TERMINATED after 2.0 s (SIGTERM): u");
    }

    private String ended(RunStatus status, Map<String, @Nullable Object> evidence) throws Exception {
        return messages().ended(run("u", false), new RunRecord.End(Instant.EPOCH, status, evidence), List.of());
    }

    @Test
    void P7_a_rejected_key_is_told_by_its_source_and_where_to_make_another_and_never_itself() throws Exception {
        assertThat(refused(401, "Unauthorized: API key has expired"))
                .isEqualTo(
                        "Trainer.train runs untracked: the server rejected the API key from PLUTO_API_KEY (401 Unauthorized: API key has"
                                + " expired); make one at http://pluto.acme:3000/api-keys and set PLUTO_API_KEY");
    }

    @Test
    void P8_every_other_refusal_names_what_was_asked_for_its_source_and_a_remedy() throws Exception {
        assertThat(refused(404, "404 Not Found"))
                .isEqualTo(
                        "Trainer.train runs untracked: the server does not know this request (404 Not Found); does PLUTO_HOST,"
                                + " http://pluto.acme:3001, lead to Pluto's API?");
        assertThat(refused(400, "Organization is at limit"))
                .isEqualTo(
                        "Trainer.train runs untracked: the server refuses to create a run in project \"pluto\" (the default) (400"
                                + " Organization is at limit); correct the value that it names");
        for (int status : new int[] {402, 405, 418, 451}) {
            assertThat(refused(status, "teapot"))
                    .isEqualTo(
                            "Trainer.train runs untracked: the server refuses to create a run in project \"pluto\" (the default) ("
                                    + status
                                    + " teapot); check that PLUTO_HOST, http://pluto.acme:3001, is the address of Pluto's API"
                                    + " itself, and which proxy stands before it");
        }
        assertThat(refused(307, "redirects to /x, which is not followed"))
                .contains(
                        "the server redirects the request to create a run",
                        "(307 redirects to /x, which is not followed); check")
                .doesNotContain("correct the value");
        sample.displayId("ABC-1");
        assertThat(refused(404, "Run not found"))
                .isEqualTo(
                        "Trainer.train runs untracked: there is no run with display id \"ABC-1\" (the annotation's displayId) (404 Run"
                                + " not found); check the id, the project and the key's organization");
        assertThat(refused(409, "ambiguous"))
                .contains("more than one run has display id \"ABC-1\"", "set PLUTO_PROJECT");
        sample.project("p");
        assertThat(refused(403, "no"))
                .contains(
                        "the API key from PLUTO_API_KEY may not do this (403 no)",
                        "in project \"p\" (the annotation's project)");
    }

    @Test
    void refusals_of_one_kind_are_known_as_such() throws Exception {
        assertThat(messages().kind(specification(), new Outcome.Rejected<>(401, "a", null)))
                .isEqualTo("key rejected");
        assertThat(messages().kind(specification(), new Outcome.Rejected<>(400, "a", null)))
                .isNotEqualTo(messages().kind(specification(), new Outcome.Rejected<>(400, "b", null)));
    }

    @Test
    void P3_a_server_that_does_not_answer_is_told_with_its_URL_and_the_URL_s_source() throws Exception {
        assertThat(messages().late(Duration.ofMillis(1500), "no connection"))
                .isEqualTo(
                        "no answer from http://pluto.acme:3001 (PLUTO_HOST) within 1.5 s (no connection), check the URL and the"
                                + " network");
        assertThat(messages().interrupted()).contains("http://pluto.acme:3001", "was interrupted");
        assertThat(messages().stillAway()).contains("http://pluto.acme:3001 (PLUTO_HOST)", "not waited for");
        assertThat(messages().undelivered(1, null))
                .startsWith("1 run could not be delivered to http://pluto.acme:3001 (PLUTO_HOST)")
                .contains("is lost");
        assertThat(messages().undelivered(2, Path.of("there")))
                .startsWith("2 runs could")
                .contains("sync", "there");
    }

    @Test
    void P6_what_somebody_has_removed_from_the_disk_is_told_as_lost() throws Exception {
        assertThat(messages().recordsRemoved(1, 1, Path.of("there")))
                .isEqualTo("the records of 2 runs had been removed from there before they were delivered; written"
                        + " again: 1; values that lay there are lost");
        assertThat(messages().valuesLeft(1, Path.of("there"))).contains("deliver the rest from there", "sync");
        assertThat(messages().valuesLeft(1, null)).contains("is lost").doesNotContain("sync");
        assertThat(messages().filesLeft(1, Path.of("there"))).contains("send what is left from there", "sync");
        assertThat(messages().filesLeft(2, null)).contains("no sync can send what is left");
    }

    @Test
    void a_refused_run_that_stays_on_disk_is_told_with_its_place_and_how_to_deliver_it() throws Exception {
        assertThat(messages().refused(specification(), "no", "there.jsonl"))
                .isEqualTo(
                        "Trainer.train is only recorded in there.jsonl: no; then deliver it with: java -jar pluto-agent.jar sync");
    }

    @Test
    void what_is_left_out_is_told_with_its_reason() throws Exception {
        Outcome<?> no = new Outcome.Rejected<>(400, "no", null);
        assertThat(messages().leftOut(run("u", false), new RunRecord.Tags(List.of()), no))
                .isEqualTo("the tags of run ABC-7 are left as they are, they could not be read or written (400 no)");
        assertThat(messages().leftOut(run("u", false), new RunRecord.Config(Map.of()), no))
                .isEqualTo("the config of run ABC-7 is left as it is, the server refuses ours (400 no)");
        assertThat(messages()
                        .leftOut(run("u", false), new RunRecord.End(Instant.EPOCH, RunStatus.FAILED, Map.of()), no))
                .isEqualTo(
                        "run ABC-7 ended FAILED, but the server does not note it (400 no); it stays recorded on disk: when that is mended, deliver it with: java -jar pluto-agent.jar sync");
    }
}
