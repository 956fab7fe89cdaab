package io.plutorun.agent.metrics.disk;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Unmaps memory at once. The JDK does so when the collector has found a buffer unreachable, which may be never in a program that makes no
 * garbage: its segments would add up. There is no public way before Java 22; where this one is shut, it is left to the collector.
 */
final class Unmapping {

    private static final @Nullable Object UNSAFE = unsafe();

    private static final @Nullable Method INVOKE_CLEANER = invokeCleaner();

    private Unmapping() {}

    /** Unmaps the memory of a buffer, which nobody may touch afterwards. */
    static void unmap(ByteBuffer mapped) {
        if (UNSAFE != null && INVOKE_CLEANER != null) {
            try {
                INVOKE_CLEANER.invoke(UNSAFE, mapped);
            } catch (ReflectiveOperationException | RuntimeException e) {
                // it is left to the collector
            }
        }
    }

    private static @Nullable Object unsafe() {
        try {
            Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return field.get(null);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    private static @Nullable Method invokeCleaner() {
        try {
            return Class.forName("sun.misc.Unsafe").getMethod("invokeCleaner", ByteBuffer.class);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
