package io.plutorun.agent.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.journal.RunRecord;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EvidenceTest {

    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_000L);

    private static String stack(Throwable thrown) {
        return String.valueOf(Evidence.of(thrown).get("stack"));
    }

    @Test
    void class_message_and_stack_with_causes_and_suppressed_are_recorded() {
        Exception thrown = new IllegalStateException("outer", new IllegalArgumentException("inner"));
        thrown.addSuppressed(new UnsupportedOperationException("beside"));

        assertThat(Evidence.of(thrown))
                .containsEntry("exception", "java.lang.IllegalStateException")
                .containsEntry("message", "outer");
        assertThat(stack(thrown))
                .contains("at " + EvidenceTest.class.getName() + ".class_message")
                .contains("Caused by: java.lang.IllegalArgumentException: inner")
                .contains("Suppressed: java.lang.UnsupportedOperationException: beside");
    }

    @Test
    void an_exception_without_message_has_none() {
        assertThat(Evidence.of(new RuntimeException())).containsEntry("message", null);
    }

    @Test
    @Timeout(20)
    void P5_causes_in_a_circle_or_without_end_are_no_trouble() {
        Exception a = new Exception("a");
        Exception b = new Exception("b", a);
        a.initCause(b);

        assertThat(stack(a)).contains("CIRCULAR REFERENCE");
        assertThat(stack(new Endless(0)))
                .hasSizeLessThanOrEqualTo(64 * 1024 + 1)
                .startsWith(Endless.class.getName());
    }

    @Test
    void P5_an_exception_that_fails_to_say_anything_is_evidence_all_the_same() {
        Throwable mute = new Exception() {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new UnsupportedOperationException("no");
            }
        };
        Throwable mad = new Exception() {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new StackOverflowError();
            }

            @Override
            public void printStackTrace(PrintWriter writer) {
                throw new OutOfMemoryError("again");
            }
        };

        assertThat(Evidence.of(mute))
                .containsEntry("message", "(its getMessage() threw java.lang.UnsupportedOperationException)");
        assertThat(stack(mute)).isEqualTo("(its printStackTrace() threw java.lang.UnsupportedOperationException)");
        assertThat(Evidence.of(mad)).containsEntry("message", "(its getMessage() threw java.lang.StackOverflowError)");
        assertThat(stack(mad)).isEqualTo("(its printStackTrace() threw java.lang.OutOfMemoryError)");
    }

    @Test
    void what_is_longer_than_64_KiB_is_cut() {
        Throwable thrown = new Exception("x".repeat(100_000));

        assertThat((String) Evidence.of(thrown).get("message"))
                .hasSize(64 * 1024 + 1)
                .endsWith("…");
        assertThat(stack(thrown)).hasSize(64 * 1024 + 1).endsWith("…");
        assertThat(stack(new Exception("short"))).doesNotContain("…");
    }

    @Test
    void P5_each_verdict_has_its_status_its_evidence_and_how_long_it_took() {
        assertThat(record(new Verdict.Completed()))
                .isEqualTo(new RunRecord.End(AT, RunStatus.COMPLETED, Map.of("duration_seconds", 1.5)));
        assertThat(record(Verdict.Failed.of(new Exception("x"))).status()).isEqualTo(RunStatus.FAILED);
        assertThat(record(Verdict.Failed.of(new Exception("x"))).evidence())
                .containsKeys("exception", "message", "stack", "duration_seconds");
        assertThat(record(new Verdict.Terminated(Map.of("signal", "SIGTERM"))))
                .isEqualTo(new RunRecord.End(
                        AT, RunStatus.TERMINATED, Map.of("signal", "SIGTERM", "duration_seconds", 1.5)));
        assertThat(record(Verdict.NotStarted.inTime()).status()).isEqualTo(RunStatus.FAILED);
        assertThat((String) record(Verdict.NotStarted.inTime()).evidence().get("reason"))
                .contains("PLUTO_ON_ERROR");
    }

    private static RunRecord.End record(Verdict verdict) {
        return verdict.record(AT, Duration.ofMillis(1500));
    }

    private static final class Endless extends Exception {
        private static final long serialVersionUID = 1;
        private final int depth;

        Endless(int depth) {
            super("depth " + depth);
            this.depth = depth;
        }

        @Override
        public synchronized @Nullable Throwable getCause() {
            return new Endless(depth + 1);
        }
    }
}
