package io.plutorun.agent.metrics.disk;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * A file's memory, which can be given back at once. The JDK does so when the collector has found a buffer unreachable, which may be never in
 * a program that makes no garbage: its segments would add up. From Java 22 on memory is mapped for an arena, which may be closed; before
 * that, {@code sun.misc.Unsafe} unmaps it, which later versions print a warning about. Both are called by name, since the agent is compiled
 * for Java 17. Where neither works, it is left to the collector.
 */
final class Mapping {

    private static final int FIRST_WITH_ARENAS = 22;

    private final ByteBuffer memory;
    private final @Nullable AutoCloseable arena;

    private Mapping(ByteBuffer memory, @Nullable AutoCloseable arena) {
        this.memory = memory.order(ByteOrder.LITTLE_ENDIAN);
        this.arena = arena;
    }

    /**
     * Maps a file from its beginning, to be read and written.
     *
     * @throws IOException when that is impossible
     */
    static Mapping of(FileChannel file, long size) throws IOException {
        if (Runtime.version().feature() >= FIRST_WITH_ARENAS) {
            try {
                return inArena(file, size);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof IOException refused) {
                    throw refused;
                }
            } catch (ReflectiveOperationException | RuntimeException e) {
                // the collector will do
            }
        }
        return new Mapping(file.map(FileChannel.MapMode.READ_WRITE, 0, size), null);
    }

    private static Mapping inArena(FileChannel file, long size) throws ReflectiveOperationException {
        Class<?> arenas = Class.forName("java.lang.foreign.Arena");
        Object arena = arenas.getMethod("ofShared").invoke(null);
        Object segment = FileChannel.class
                .getMethod("map", FileChannel.MapMode.class, long.class, long.class, arenas)
                .invoke(file, FileChannel.MapMode.READ_WRITE, 0L, size, arena);
        ByteBuffer memory = (ByteBuffer) Class.forName("java.lang.foreign.MemorySegment")
                .getMethod("asByteBuffer")
                .invoke(segment);
        return new Mapping(memory, (AutoCloseable) arena);
    }

    /** The file's bytes, little-endian. */
    ByteBuffer memory() {
        return memory;
    }

    /** Gives the memory back; nobody may touch it afterwards. */
    void unmap() {
        try {
            if (arena != null) {
                arena.close();
            } else if (Runtime.version().feature() < FIRST_WITH_ARENAS) {
                Class<?> unsafe = Class.forName("sun.misc.Unsafe");
                Field instance = unsafe.getDeclaredField("theUnsafe");
                instance.setAccessible(true);
                unsafe.getMethod("invokeCleaner", ByteBuffer.class).invoke(instance.get(null), memory);
            }
        } catch (Exception e) { // it is left to the collector
            return;
        }
    }
}
