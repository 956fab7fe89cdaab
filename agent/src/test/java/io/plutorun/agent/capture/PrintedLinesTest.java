package io.plutorun.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.metrics.RunValues;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
class PrintedLinesTest {

    private final Captures captures = new Captures();
    private final PrintedLines printed = new PrintedLines(Captures.NO_RUNS, captures, StandardCharsets.UTF_8);

    private void write(PrintStream stream, String text, Runnable below) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Captures.call(printed, stream, below, bytes, 0, bytes.length);
    }

    private void write(PrintStream stream, String text) {
        write(stream, text, () -> {});
    }

    @Test
    void of_both_streams_the_lines_are_taken() {
        write(System.out, "a\nb");
        write(System.err, "c\n");
        Captures.call(printed, System.out, () -> {}, (int) '\n');
        assertThat(captures.lines()).containsExactly("a", "c", "b");
        assertThat(captures.texts).noneMatch(CapturedText::isLogged);
    }

    @Test
    void the_end_of_a_run_ends_a_line() {
        write(System.out, "a\nlast");
        printed.endLines(null);
        printed.endLines(null);
        assertThat(captures.lines()).containsExactly("a", "last");
    }

    /** A run of which nothing is asked. */
    private static CurrentRun run(String name) {
        return (CurrentRun) Proxy.newProxyInstance(
                CurrentRun.class.getClassLoader(),
                new Class<?>[] {CurrentRun.class},
                (proxy, method, arguments) -> name);
    }

    @Test
    void a_line_belongs_to_one_run_as_a_whole_the_one_that_its_thread_is_in_when_it_ends() {
        CurrentRun outer = run("outer");
        CurrentRun nested = run("nested");
        AtomicReference<@Nullable CurrentRun> current = new AtomicReference<>(outer);
        List<String> lines = new ArrayList<>();
        PrintedLines ofRuns = new PrintedLines(
                new CurrentRuns() {
                    @Override
                    public @Nullable CurrentRun ofThread() {
                        return current.get();
                    }

                    @Override
                    public @Nullable CurrentRun ofTraining(String framework) {
                        return current.get();
                    }

                    @Override
                    public RunValues valuesOfThread() {
                        return RunValues.NONE;
                    }
                },
                new TextTaker() {
                    @Override
                    public boolean isOpen() {
                        return true;
                    }

                    @Override
                    public void printed(@Nullable CurrentRun run, String line, boolean isError) {
                        lines.add(run + ": " + line);
                    }
                },
                StandardCharsets.UTF_8);
        Consumer<String> print = text ->
                Captures.call(ofRuns, System.out, () -> {}, text.getBytes(StandardCharsets.US_ASCII), 0, text.length());

        print.accept("begun outside, ");
        current.set(nested);
        print.accept("ended inside\n");
        print.accept("left inside");
        ofRuns.endLines(nested);
        current.set(outer);
        print.accept("begun outside, ");
        current.set(nested);
        ofRuns.endLines(nested);
        current.set(outer);
        print.accept("ended outside\n");
        print.accept("left outside");
        ofRuns.endLines(outer);

        assertThat(lines)
                .containsExactly(
                        "nested: begun outside, ended inside",
                        "nested: left inside",
                        "outer: begun outside, ended outside",
                        "outer: left outside");
    }

    @Test
    void other_streams_do_not_count_and_nothing_does_while_no_run_is_open() {
        write(new PrintStream(new ByteArrayOutputStream()), "a\n");
        captures.isOpen = false;
        write(System.out, "b\n");
        assertThat(captures.texts).isEmpty();
    }

    @Test
    void a_stream_that_stood_there_when_the_first_run_opened_counts_and_what_two_write_to_each_other_counts_once() {
        PrintStream first = System.out;
        PrintStream second = new PrintStream(new ByteArrayOutputStream());
        printed.begin();
        try {
            System.setOut(second);
            write(second, "a\n", () -> write(first, "a\n"));
            write(first, "b\n");
            write(second, "c\n");
        } finally {
            System.setOut(first);
        }
        write(second, "d\n");
        assertThat(captures.lines()).containsExactly("a", "b", "c");
    }

    /** Such as bytes that do not exist, which the stream answers with an exception. */
    @Test
    void arguments_that_make_the_stream_fail_do_no_harm() {
        Captures.call(printed, System.out, () -> {}, new byte[] {'a'}, 1, 1);
        Captures.call(printed, System.out, () -> {}, new byte[] {'a'}, -1, 1);
        Captures.call(printed, System.out, () -> {}, new byte[] {'a'}, 0, Integer.MAX_VALUE);
        write(System.out, "b\n");
        assertThat(captures.lines()).containsExactly("b");
    }

    @Test
    void all_that_a_stream_prints_passes_the_two_methods() throws Exception {
        for (Map.Entry<String, StreamUse> use : Map.<String, StreamUse>of(
                        "x\n", out -> out.println('x'),
                        "1.5", out -> out.print(1.5),
                        "a b\n", out -> out.printf("%s %s%n", "a", "b"),
                        "abc", out -> out.append("abc"),
                        "bytes", out -> out.writeBytes("bytes".getBytes(StandardCharsets.UTF_8)),
                        "w", out -> out.write('w'),
                        "chars\n", out -> out.println("chars".toCharArray()))
                .entrySet()) {
            WrittenBytes stream = new WrittenBytes();
            use.getValue().accept(stream);
            assertThat(stream.seen.toString(StandardCharsets.UTF_8))
                    .isEqualTo(use.getKey().replace("\n", System.lineSeparator()));
        }
    }

    private interface StreamUse {
        void accept(PrintStream stream) throws Exception;
    }

    /** What is written by the two methods that are hooked. */
    private static final class WrittenBytes extends PrintStream {

        final ByteArrayOutputStream seen = new ByteArrayOutputStream();

        WrittenBytes() {
            super(new ByteArrayOutputStream());
        }

        @Override
        public void write(int b) {
            seen.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            seen.write(Objects.requireNonNull(bytes), offset, count);
        }
    }
}
