package io.plutorun.agent.shutdown;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Memory that is kept back for the moment when the program has none left: given free then, it is enough to write a verdict down and to
 * send it.
 *
 * <p>G1, the JVM's usual collector, serves threads from whole free regions only, and gives an array of more than half a region regions of
 * its own. So the pieces are just as large as makes each of them a free region when it goes, as long as all of them together stay below
 * {@link #MAX_BYTES}. Measured on Java 17: that suffices with regions of up to 8 MiB, that is with heaps of up to 16 GiB. With regions
 * of 16 and 32 MiB the piece makes no region free, and it suffices where the program lets go of anything before its end; where it holds a
 * heap that is full of small objects to the end, nothing is recorded, and the run is left to the server or to {@code sync}.
 */
public final class MemoryReserve {

    private static final int PIECES = 3;
    private static final int HEADER_AND_MORE = 1024;
    private static final long MEBIBYTE = 1 << 20;

    /** What is kept back at most, all pieces together. */
    static final int MAX_BYTES = 4 << 20;

    private final Consumer<MemoryReserve> filling;
    private final AtomicBoolean isBegun = new AtomicBoolean();
    private volatile byte @Nullable [][] pieces;
    private volatile boolean isReleased;

    /**
     * Allocates nothing yet.
     *
     * @param filling fills it, beside the program
     */
    public MemoryReserve(Consumer<MemoryReserve> filling) {
        this.filling = filling;
        releasedFor(new Exception()); // so that no class has to be looked up when it matters: that takes memory
    }

    /** Has it filled, the first time it is called; where no thread may be started for that, the next time. */
    public void begin() {
        if (isBegun.compareAndSet(false, true)) {
            try {
                filling.accept(this);
            } catch (RuntimeException | OutOfMemoryError e) {
                isBegun.set(false);
            }
        }
    }

    /**
     * Allocates it, unless it was given free before. Takes some milliseconds, so not on the program's thread.
     *
     * @param maxHeap how large the heap can become, in bytes
     */
    public void fill(long maxHeap) {
        if (isReleased) {
            return;
        }
        int size = Math.min(regionBytes(maxHeap) / 2 + HEADER_AND_MORE, MAX_BYTES);
        pieces = new byte[Math.min(PIECES, MAX_BYTES / size)][size];
        if (isReleased) { // meanwhile
            pieces = null;
        }
    }

    /** How much is kept back. */
    long bytes() {
        byte[][] kept = pieces;
        return kept == null ? 0 : (long) kept.length * kept[0].length;
    }

    /**
     * Of that many bytes G1 makes a region, if the user has not set it otherwise: a 2048th of the heap, rounded up to a power of two, from 1 to
     * 32 MiB.
     */
    static int regionBytes(long maxHeap) {
        long part = Math.max(MEBIBYTE, maxHeap / 2048);
        long down = Long.highestOneBit(part);
        return (int) Math.min(32 * MEBIBYTE, down == part ? down : 2 * down);
    }

    /**
     * Gives it free if the JVM is short of memory or stack.
     *
     * @param thrown what a method threw
     * @return whether it is
     */
    public boolean releasedFor(Throwable thrown) {
        boolean isShort = thrown instanceof VirtualMachineError;
        if (isShort) {
            isReleased = true;
            pieces = null;
        }
        return isShort;
    }
}
