package io.plutorun.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.journal.JournalFormat.Line;
import io.plutorun.agent.journal.RunRecord.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalFormatTest {

    static Stream<Line> lines() {
        return Stream.of(
                Written.header("https://api.example"),
                Written.header(null),
                new JournalFormat.Header(null, "1", 1, "node", new JournalFormat.Origin("boot pid:[1]", 2, 3)),
                new JournalFormat.Header(null, "1", 1, "node", new JournalFormat.Origin(null, 2, 3)),
                Written.start(Written.random()),
                Written.start(new Target.Create("line\nbreak \"and\" \u2028 \uD83D\uDE80", true)),
                Written.start(new Target.Resume(new RunReference.ByRunId(Long.MAX_VALUE))),
                Written.start(new Target.Resume(new RunReference.ByDisplayId("PRO-1", null))),
                Written.start(new Target.Resume(new RunReference.ByDisplayId("PRO-1", "proj"))),
                Written.start(new Target.Resume(new RunReference.ByExternalId("nightly", "proj"))),
                new JournalFormat.Happened(new RunRecord.Tags(List.of("a", ""))),
                new JournalFormat.Happened(new RunRecord.Config(Map.of("a", Map.of("b", true)))),
                new JournalFormat.Happened(new RunRecord.Notes("line\nbreak")),
                new JournalFormat.Happened(
                        new RunRecord.File("model", "model.bin", "/out/model.bin", 7, Written.END, null)),
                new JournalFormat.Happened(new RunRecord.File("failure", "threads.txt", null, 2, Written.END, "a\n")),
                JournalFormat.FileState.of(1),
                JournalFormat.FileState.of(2).named("a.txt", "00").at("http://storage/a", Written.END),
                JournalFormat.FileState.of(2).named("a.txt", null).done(),
                new JournalFormat.Happened(new RunRecord.OfOtherRun(7, List.of("sweep:a"), Map.of("sweep", Map.of()))),
                Written.end(RunStatus.COMPLETED),
                new JournalFormat.Happened(new RunRecord.Left(Written.END)),
                Written.start(new Target.Create("nightly", true), new RunRecord.Part(3, 64)),
                Written.started(7, Written.END),
                new JournalFormat.StartDelivered(
                        new StartedRun(7, OptionalLong.empty(), null, null, null, null, true), Written.END),
                new JournalFormat.Delivered(3),
                new JournalFormat.Dropped("404 Run not found"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void what_is_written_is_read_back_the_same_and_is_one_line(Line line) throws MalformedException {
        String text = JournalFormat.write(line);

        assertThat(text).doesNotContain("\n", "\r");
        assertThat(JournalFormat.read(text)).isEqualTo(line);
    }

    @ParameterizedTest
    @EnumSource(names = "RUNNING", mode = EnumSource.Mode.EXCLUDE)
    void every_verdict_is_read_back(RunStatus status) throws MalformedException {
        assertThat(JournalFormat.read(JournalFormat.write(Written.end(status)))).isEqualTo(Written.end(status));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void a_field_of_a_newer_agent_is_passed_over(Line line) throws MalformedException {
        String text = JournalFormat.write(line);
        String newer = text.substring(0, text.length() - 1) + ",\"newer\":{\"a\":[1]}}";

        assertThat(JournalFormat.read(newer)).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"record\":\"metrics\"}",
                "{\"record\":7}",
                "{\"journal\":2}",
                "{\"journal\":1}",
                "{\"journal\":\"1\"}",
                "{\"delivered\":\"1\"}",
                "{\"delivered\":1.5}",
                "{\"started\":{}}",
                "{\"started\":{\"runId\":1}}",
                "{\"started\":{\"runId\":0},\"at\":\"2024-01-01T00:00:00Z\"}",
                "{\"record\":\"end\",\"at\":\"yesterday\",\"status\":\"FAILED\",\"evidence\":{}}",
                "{\"record\":\"end\",\"at\":\"2024-01-01T00:00:00Z\",\"status\":\"DONE\",\"evidence\":{}}",
                "{\"record\":\"end\",\"at\":\"2024-01-01T00:00:00Z\",\"status\":\"RUNNING\",\"evidence\":{}}",
                "{\"record\":\"left\"}",
                "{\"record\":\"tags\",\"added\":{}}",
                "{\"record\":\"config\",\"values\":[]}",
                "{\"record\":\"start\",\"at\":\"2024-01-01T00:00:00Z\",\"target\":{}}",
                "{\"record\":\"start\",\"at\":\"2024-01-01T00:00:00Z\",\"target\":{\"resume\":{}}}",
                "{\"delivered\":1} {\"delivered\":2}"
            })
    void what_no_agent_writes_is_malformed(String text) {
        assertThatThrownBy(() -> JournalFormat.read(text)).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2026-12-01T05:36:14.123Z",
                "2026-12-01T05:36:00Z",
                "2026-12-01T05:36:00.000001Z",
                "2024-02-29T23:59:59.999999999Z",
                "0000-01-01T00:00:00Z",
                "-0001-12-31T10:00:00.100Z",
                "+12345-06-07T08:09:00Z"
            })
    void a_time_is_written_as_the_jdk_writes_it(String time) {
        assertThat(RecordFormat.written(Instant.parse(time))).isEqualTo(time);
    }
}
