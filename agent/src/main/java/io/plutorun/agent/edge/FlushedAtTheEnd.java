package io.plutorun.agent.edge;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lines that a shutdown hook waits for, so that what was printed just before the JVM's end is still read. The first line adds it. */
final class FlushedAtTheEnd implements LineSink {

    private final LineSink lines;
    private final Duration atMost;
    private final AtomicBoolean hooked = new AtomicBoolean();

    FlushedAtTheEnd(LineSink lines, Duration atMost) {
        this.lines = lines;
        this.atMost = atMost;
    }

    @Override
    public void line(String line) {
        lines.line(line);
        if (hooked.compareAndSet(false, true)) {
            try {
                Runtime.getRuntime().addShutdownHook(QueuedLines.thread(() -> lines.flush(atMost)));
            } catch (IllegalStateException e) { // the JVM is ending already
                lines.flush(atMost);
            } catch (SecurityException e) {
                // then the last lines are written if there is time
            }
        }
    }

    @Override
    public boolean flush(Duration atMost) {
        return lines.flush(atMost);
    }
}
