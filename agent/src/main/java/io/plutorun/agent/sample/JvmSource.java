package io.plutorun.agent.sample;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** This JVM, as its management beans know it. */
final class JvmSource implements Source {

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final @Nullable Method allocatedBytes = allocatedBytes();
    private final Counter collections = new Counter();
    private final Counter collectionMillis = new Counter();
    private final Counter cpuNanos = new Counter();
    private final Counter allocated = new Counter();

    /** Bytes that all threads have allocated, which JVMs tell from Java 21 on. */
    private static @Nullable Method allocatedBytes() {
        try {
            return Class.forName("com.sun.management.ThreadMXBean").getMethod("getTotalThreadAllocatedBytes");
        } catch (ReflectiveOperationException | LinkageError e) {
            return null;
        }
    }

    @Override
    public void look(Sample sample) {
        sample.put("jvm.heap.used", (double) memory.getHeapMemoryUsage().getUsed());
        sample.put("jvm.heap.committed", (double) memory.getHeapMemoryUsage().getCommitted());
        sample.put("jvm.nonheap.used", (double) memory.getNonHeapMemoryUsage().getUsed());
        sample.put("jvm.threads", threads.getThreadCount());
        sample.put("jvm.classes", ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
        lookAtCollector(sample);
        lookAtCpu(sample);
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            if (pool.getName().equals("direct")) {
                sample.put("jvm.direct.used", (double) pool.getMemoryUsed());
            }
        }
        lookAtAllocation(sample);
    }

    /** A collector that does not know a number says -1. */
    private void lookAtCollector(Sample sample) {
        long count = 0;
        long millis = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            count += Math.max(0, collector.getCollectionCount());
            millis += Math.max(0, collector.getCollectionTime());
        }
        long addedCount = collections.added(count);
        long addedMillis = collectionMillis.added(millis);
        if (addedCount >= 0 && addedMillis >= 0) {
            sample.put("jvm.gc.count", (double) addedCount);
            sample.put("jvm.gc.pause_ms", (double) addedMillis);
            sample.put("jvm.gc.share", addedMillis / (10 * sample.seconds()));
        }
    }

    private void lookAtCpu(Sample sample) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            long added = cpuNanos.added(system.getProcessCpuTime());
            if (added >= 0) {
                sample.put("jvm.cpu", added / 1e7 / sample.seconds() / system.getAvailableProcessors());
            }
            if (system instanceof UnixOperatingSystemMXBean unix) {
                sample.put("jvm.fds", (double) unix.getOpenFileDescriptorCount());
            }
        }
    }

    private void lookAtAllocation(Sample sample) {
        if (allocatedBytes == null) {
            return;
        }
        try {
            long added = allocated.added((Long) allocatedBytes.invoke(threads));
            if (added >= 0) {
                sample.put("jvm.allocated_rate", added / sample.seconds());
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return; // another vendor's bean
        }
    }
}
