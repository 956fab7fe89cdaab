package io.plutorun.agent.journal;

import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.journal.JournalFormat.Line;
import io.plutorun.agent.journal.RunRecord.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Journals as a process leaves them behind. */
public final class Written {

    public static final Instant START = Instant.ofEpochMilli(1_700_000_000_000L);
    public static final Instant END = START.plusMillis(1234);
    public static final String MARK = "mark-1";

    private Written() {}

    public static JournalFormat.Header header(@Nullable String api) {
        return new JournalFormat.Header(api, "1.2", 4711, "node-7");
    }

    public static JournalFormat.Happened start(Target target) {
        return start(target, RunRecord.Part.ALONE);
    }

    public static JournalFormat.Happened start(Target target, RunRecord.Part part) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("lr", 0.1);
        config.put("nothing", null);
        config.put("layers", List.of(1L, 2L));
        return new JournalFormat.Happened(new RunRecord.Start(
                START,
                target,
                "proj",
                "run ü",
                List.of("ours"),
                config,
                Map.of(RunRecord.Start.MARK, MARK),
                Map.of(),
                part));
    }

    public static Target random() {
        return new Target.Create("random-1", false);
    }

    public static JournalFormat.Happened end(RunStatus status) {
        return new JournalFormat.Happened(new RunRecord.End(END, status, Map.of("duration_seconds", 1.234)));
    }

    public static JournalFormat.StartDelivered started(long runId, Instant at) {
        return new JournalFormat.StartDelivered(
                new StartedRun(runId, OptionalLong.of(1), "PRO-1", "proj", "org-one", "http://x/1", false), at);
    }

    public static String text(Line... lines) {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(JournalFormat.write(line)).append('\n');
        }
        return text.toString();
    }

    public static Path file(Path folder, String text) {
        try {
            return Files.writeString(Files.createTempFile(folder, "1-1-", JournalDirectory.SUFFIX), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public static JournalContents read(String text) throws IOException, MalformedException {
        return JournalContents.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
