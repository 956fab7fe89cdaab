package io.plutorun.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.journal.RunRecord.Target;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which starts mean the same run. */
class SameRunTest {

    private static final StartedRun RUN = new StartedRun(7, OptionalLong.of(1), "PRO-1", "proj", "org", null, false);

    private static RunRecord.Start start(String project, Target target) {
        return new RunRecord.Start(
                Written.START, target, project, "n", List.of(), Map.of(), Map.of(), Map.of(), RunRecord.Part.ALONE);
    }

    private static Target create(String id) {
        return new Target.Create(id, true);
    }

    private static Target byExternalId(String id, String project) {
        return new Target.Resume(new RunReference.ByExternalId(id, project));
    }

    private static Target byRunId(long id) {
        return new Target.Resume(new RunReference.ByRunId(id));
    }

    private static Target byDisplayId(String id, @Nullable String project) {
        return new Target.Resume(new RunReference.ByDisplayId(id, project));
    }

    private static boolean means(Target one, Target other, @Nullable StartedRun run) {
        return start("proj", one).meansRunOf(start("proj", other), run);
    }

    @Test
    void an_external_id_means_one_run_of_its_project_whether_created_or_resumed() {
        assertThat(means(create("a"), create("a"), null)).isTrue();
        assertThat(means(create("a"), create("b"), RUN)).isFalse();
        assertThat(means(byExternalId("a", "proj"), create("a"), null)).isTrue();
        assertThat(means(create("a"), byExternalId("a", "proj"), null)).isTrue();
        assertThat(means(byExternalId("a", "another"), create("a"), null)).isFalse();
        assertThat(start("another", create("a")).meansRunOf(start("proj", create("a")), null))
                .isFalse();
    }

    @Test
    void a_number_and_a_display_id_mean_the_run_that_the_server_has_named() {
        assertThat(means(byRunId(7), create("a"), RUN)).isTrue();
        assertThat(means(byRunId(7), create("a"), null)).isFalse();
        assertThat(means(byRunId(8), create("a"), RUN)).isFalse();
        assertThat(means(byRunId(7), byRunId(7), null)).isTrue();
        assertThat(means(byDisplayId("pro-1", null), create("a"), RUN)).isTrue();
        assertThat(means(byDisplayId("PRO-1", "another"), create("a"), RUN)).isFalse();
    }
}
