package io.plutorun.agent.capture;

import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Streams that stood in {@code System.out}, or in {@code System.err}, at moments that count. It keeps none of them alive. */
final class EarlierStreams {

    private static final int MAX = 8;

    private final List<WeakReference<PrintStream>> streams = new CopyOnWriteArrayList<>();

    void add(PrintStream stream) {
        if (stream != null && !have(stream)) {
            streams.removeIf(earlier -> earlier.get() == null);
            if (streams.size() < MAX) {
                streams.add(new WeakReference<>(stream));
            }
        }
    }

    boolean have(PrintStream stream) {
        for (WeakReference<PrintStream> earlier : streams) {
            if (earlier.get() == stream) {
                return true;
            }
        }
        return false;
    }
}
