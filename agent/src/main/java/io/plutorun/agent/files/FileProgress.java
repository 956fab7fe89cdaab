package io.plutorun.agent.files;

import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Tells how far the upload of a large file has come, at each quarter. */
public final class FileProgress implements LongConsumer {

    private static final long LARGE = 50L << 20;
    private static final int PARTS = 4;

    private final long size;
    private final Consumer<String> tell;
    private long told;

    /**
     * Makes it for one file.
     *
     * @param tell hears how much it is, such as {@code 100 of 200 MiB}
     */
    public FileProgress(long size, Consumer<String> tell) {
        this.size = size;
        this.tell = tell;
    }

    /** Whether people want to know. */
    static boolean isLarge(long size) {
        return size > LARGE;
    }

    @Override
    public void accept(long sent) {
        long parts = sent * PARTS / Math.max(1, size);
        if (isLarge(size) && parts != told && parts < PARTS) {
            told = parts;
            if (parts > 0) {
                tell.accept((sent >> 20) + " of " + (size >> 20) + " MiB");
            }
        }
    }
}
