package io.plutorun.agent.capture;

import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.hook.ExactMethod;
import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.Hook.Moment;
import io.plutorun.agent.hook.HookListener;
import io.plutorun.agent.hook.HookedCall;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Lines that are written to {@code System.out} and {@code System.err}: the streams that stand there, and those that stood there when the
 * first run opened, which a logging framework may hold. Of streams that write to each other only the topmost counts.
 *
 * <p>All that a {@code PrintStream} prints it writes by two of its methods, in the bytes of its charset. Those two are hooked. A stream of
 * a class that replaces both is not seen.
 */
final class PrintedLines implements HookListener {

    private final CurrentRuns runs;
    private final TextTaker taker;
    private final StreamCharset charset;

    private volatile WeakReference<@Nullable PrintStream> firstOut = new WeakReference<>(null);
    private volatile WeakReference<@Nullable PrintStream> firstErr = new WeakReference<>(null);

    PrintedLines(CurrentRuns runs, TextTaker taker, Charset charset) {
        this.runs = runs;
        this.taker = taker;
        this.charset = new StreamCharset(charset);
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

    /** The first run opens. */
    void begin() {
        firstOut = new WeakReference<>(System.out);
        firstErr = new WeakReference<>(System.err);
    }

    /** What the calling thread has printed behind its last line is a line. */
    void endLines() {
        ThreadText thread = ThreadText.current();
        thread.out.end(charset.of(System.out), line -> take(thread, line));
        thread.err.end(charset.of(System.err), line -> take(thread, line));
    }

    @Override
    public @Nullable CancellationException entered(HookedCall call) {
        if (!taker.isOpen() || !(call.self() instanceof PrintStream stream)) {
            return null;
        }
        boolean isErr = stream == System.err || stream == firstErr.get();
        if (!isErr && stream != System.out && stream != firstOut.get()) {
            return null;
        }
        ThreadText thread = ThreadText.current();
        if (thread.stream != null && thread.stream != stream) {
            return null;
        }
        thread.stream = stream;
        LineBuffer buffer = isErr ? thread.err : thread.out;
        if (call.argument(0) instanceof byte[] bytes) {
            write(thread, buffer, stream, bytes, call.intArgument(1), call.intArgument(2));
        } else {
            write(thread, buffer, stream, new byte[] {(byte) call.intArgument(0)}, 0, 1);
        }
        return null;
    }

    /** The bytes may lie outside of the array, which the stream itself will say. */
    private void write(ThreadText thread, LineBuffer buffer, PrintStream stream, byte[] bytes, int offset, int count) {
        if (offset >= 0 && count > 0 && count <= bytes.length - offset) {
            buffer.write(bytes, offset, count, charset.of(stream), line -> take(thread, line));
        }
    }

    private void take(ThreadText thread, String line) {
        taker.take(CapturedText.printed(runs.ofThread(), line, thread.record));
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
