package io.plutorun.agent.capture;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.hook.ExactMethod;
import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.Hook.Moment;
import io.plutorun.agent.hook.HookListener;
import io.plutorun.agent.hook.HookedCall;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Lines that are written to {@code System.out} and {@code System.err}: the streams that stand there, and those that stood there when this
 * was made or a run opened, which a logging framework may hold. Of streams that write to each other only the topmost counts.
 *
 * <p>All that a {@code PrintStream} prints it writes by two of its methods, in the bytes of its charset. Those two are hooked. A stream of
 * a class that replaces both is not seen.
 */
final class PrintedLines implements HookListener {

    private final CurrentRuns runs;
    private final TextTaker taker;
    private final StreamCharset charset;

    private final EarlierStreams earlierOut = new EarlierStreams();
    private final EarlierStreams earlierErr = new EarlierStreams();

    PrintedLines(CurrentRuns runs, TextTaker taker, Charset charset) {
        this.runs = runs;
        this.taker = taker;
        this.charset = new StreamCharset(charset);
        begin();
    }

    Hook hook() {
        String stream = PrintStream.class.getName();
        ExactMethod one = ExactMethod.of(stream, "write").withDescriptor("(I)");
        ExactMethod many = ExactMethod.of(stream, "write").withDescriptor("([BII)");
        return new Hook(
                name -> one.apply(name).isEmpty() ? List.of() : List.of(one, many),
                Set.of(Moment.ENTRY, Moment.EXIT),
                this,
                true);
    }

    /** A run opens. */
    void begin() {
        earlierOut.add(System.out);
        earlierErr.add(System.err);
    }

    /**
     * A run ends: what a thread has printed behind its last line is a line, if that run's code has printed the last part of it. What an outer run
     * has begun on the calling thread goes on.
     */
    void endLines(@Nullable CurrentRun run) {
        ThreadText calling = ThreadText.current();
        for (ThreadText thread : ThreadText.all()) {
            if (thread != calling) {
                end(thread, run, false, false);
                end(thread, run, false, true);
            }
        }
        end(calling, run, true, false);
        end(calling, run, true, true);
    }

    private void end(ThreadText thread, @Nullable CurrentRun run, boolean isCalling, boolean isErr) {
        LineBuffer buffer = thread.take(isErr);
        if (buffer != null) {
            boolean isOfRun = buffer.run == null ? isCalling : buffer.run == run;
            if (isOfRun || !thread.give(isErr, buffer)) {
                PrintStream stream = isErr ? System.err : System.out;
                buffer.end(charset.of(stream), new Taken(buffer.run, thread.record, isErr));
                buffer.run = null;
                var unused = thread.give(isErr, buffer);
            }
        }
    }

    @Override
    public @Nullable CancellationException entered(HookedCall call) {
        if (!taker.isOpen() || !(call.self() instanceof PrintStream stream)) {
            return null;
        }
        boolean isErr = stream == System.err || (stream != System.out && earlierErr.have(stream));
        if (!isErr && stream != System.out && !earlierOut.have(stream)) {
            return null;
        }
        ThreadText thread = ThreadText.current();
        if (thread.stream != null && thread.stream != stream) {
            return null;
        }
        thread.stream = stream;
        if (call.argument(0) instanceof byte[] bytes) {
            write(thread, isErr, stream, bytes, call.intArgument(1), call.intArgument(2));
        } else {
            write(thread, isErr, stream, new byte[] {(byte) call.intArgument(0)}, 0, 1);
        }
        return null;
    }

    /** The bytes may lie outside of the array, which the stream itself will say. */
    private void write(ThreadText thread, boolean isErr, PrintStream stream, byte[] bytes, int offset, int count) {
        if (offset >= 0 && count > 0 && count <= bytes.length - offset) {
            LineBuffer taken = thread.take(isErr);
            LineBuffer buffer = taken == null ? new LineBuffer() : taken;
            Taken lines = new Taken(null, thread.record, isErr);
            buffer.write(bytes, offset, count, charset.of(stream), lines);
            buffer.run = buffer.isEmpty() ? null : runs.ofThread();
            if (!thread.give(isErr, buffer)) { // another thread, which ends a run, had the other one meanwhile
                buffer.end(charset.of(stream), lines);
            }
        }
    }

    /** What a thread has written to one of the two, by default the calling one. */
    private final class Taken implements LineBuffer.Taker {

        private final @Nullable CurrentRun run;
        private final @Nullable CapturedText record;
        private final boolean isErr;

        Taken(@Nullable CurrentRun run, @Nullable CapturedText record, boolean isErr) {
            this.run = run;
            this.record = record;
            this.isErr = isErr;
        }

        @Override
        public void text(String text) {
            taker.take(CapturedText.printed(run(), text, record));
        }

        @Override
        public void line(String line) {
            taker.printed(run(), line, isErr);
        }

        private @Nullable CurrentRun run() {
            return run != null ? run : runs.ofThread();
        }
    }

    @Override
    public @Nullable CancellationException exited(HookedCall call) {
        ThreadText thread = ThreadText.current();
        if (thread.stream == call.self()) {
            thread.stream = null;
        }
        return null;
    }
}
