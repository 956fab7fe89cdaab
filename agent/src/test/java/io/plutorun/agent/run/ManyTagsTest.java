package io.plutorun.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server takes fifty tags of a run. */
class ManyTagsTest extends TrackerFixture {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String TAGS = "/api/runs/tags/update";

    ManyTagsTest(@TempDir Path directory) {
        super(directory);
    }

    private CurrentRun run(Object call) {
        return Objects.requireNonNull(tracker().run(call));
    }

    private static List<String> tags(int count) {
        return IntStream.range(0, count).mapToObj(i -> "t" + i).toList();
    }

    private void end(Object call) {
        tracker().returned(call, null);
        pluto.await(p -> p.run(1).status() == RunStatus.COMPLETED, LONG);
    }

    private List<String> linesOnTags() {
        return lines().stream().filter(line -> line.contains("tags")).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void those_beyond_are_told_once_and_cost_no_requests(boolean atOnce) {
        Object call = enter();
        List<String> given = tags(10_000);
        if (atOnce) {
            run(call).addTags(given);
        } else {
            given.forEach(tag -> run(call).addTags(List.of(tag)));
        }
        end(call);

        assertThat(pluto.run(1).tags()).containsExactlyElementsOf(tags(50));
        assertThat(linesOnTags()).singleElement().asString().contains("run PLU-1 bears 50 tags", "\"t50\" and any");
        assertThat(pluto.exchanges(TAGS)).hasSizeBetween(1, 50);
    }

    @Test
    void those_for_which_a_run_that_existed_has_no_room_are_told_once() {
        sample.environment.put("PLUTO_PROJECT", "proj");
        sample.externalId("nightly");
        pluto.seedRun("proj", "run", seed -> seed.externalId("nightly").tags(tags(49).toArray(new String[0])));
        Object call = enter();
        run(call).addTags(List.of("one"));
        pluto.await(p -> p.run(1).tags().contains("one"), LONG);
        run(call).addTags(List.of("two"));
        run(call).addTags(List.of("three"));
        end(call);

        assertThat(pluto.run(1).tags()).hasSize(50).doesNotContain("two", "three");
        assertThat(linesOnTags()).singleElement().asString().contains("bears 50 tags", "\"two\" and any");
    }
}
