package io.plutorun.agent.lines;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The records of the last seconds that an expression has matched. An asynchronous appender prints a record on another thread, some time
 * after it was logged: such a line has the record's line in it, and gives the same values.
 */
final class CountedRecords {

    private static final long REMEMBERED_NANOS = 10_000_000_000L;
    private static final int MOST = 10_000;

    private record Counted(Object match, String line, long nanos) {}

    private final Deque<Counted> inOrder = new ArrayDeque<>();
    private final Map<Object, Deque<Counted>> byMatch = new HashMap<>();

    /**
     * A line of a record has matched.
     *
     * @param match what it says
     * @param now by {@link System#nanoTime}
     */
    void add(Object match, String line, long now) {
        forget(now);
        Counted counted = new Counted(match, line, now);
        inOrder.add(counted);
        byMatch.computeIfAbsent(match, fresh -> new ArrayDeque<>()).add(counted);
    }

    /** Whether a printed line that says this is such a record's. */
    boolean contain(Object match, String line, long now) {
        forget(now);
        Deque<Counted> same = byMatch.get(match);
        return same != null && same.stream().anyMatch(counted -> line.contains(counted.line()));
    }

    private void forget(long now) {
        for (Counted oldest = inOrder.peek();
                oldest != null && (now - oldest.nanos() > REMEMBERED_NANOS || inOrder.size() > MOST);
                oldest = inOrder.peek()) {
            inOrder.remove();
            Deque<Counted> same = byMatch.get(oldest.match());
            if (same != null) {
                same.remove(); // the oldest of these, too
                if (same.isEmpty()) {
                    byMatch.remove(oldest.match());
                }
            }
        }
    }
}
