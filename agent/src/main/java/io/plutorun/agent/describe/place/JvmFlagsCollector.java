package io.plutorun.agent.describe.place;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import com.sun.management.VMOption.Origin;
import io.plutorun.agent.describe.Collector;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the JVM has set itself up: its garbage collector, and its flags that differ from their defaults, whoever has chosen them. Asks
 * management beans, which are not for the time before a method's first line.
 */
public final class JvmFlagsCollector implements Collector {

    private static final String[] COLLECTORS = {"G1", "Parallel", "Serial", "Z", "Shenandoah", "Epsilon"};

    /** Those by which trainings differ. */
    private static final String[] FLAGS = {
        "ActiveProcessorCount",
        "AlwaysPreTouch",
        "ConcGCThreads",
        "G1HeapRegionSize",
        "InitialHeapSize",
        "InitialRAMPercentage",
        "MaxDirectMemorySize",
        "MaxGCPauseMillis",
        "MaxHeapSize",
        "MaxMetaspaceSize",
        "MaxNewSize",
        "MaxRAMPercentage",
        "NewRatio",
        "ParallelGCThreads",
        "ReservedCodeCacheSize",
        "SoftMaxHeapSize",
        "ThreadStackSize",
        "TieredCompilation",
        "TieredStopAtLevel",
        "UseCompactObjectHeaders",
        "UseCompressedClassPointers",
        "UseCompressedOops",
        "UseContainerSupport",
        "UseLargePages",
        "UseNUMA",
        "UseStringDeduplication",
        "UseTransparentHugePages"
    };

    /** Makes it. */
    public JvmFlagsCollector() {}

    @Override
    public Map<String, @Nullable Object> collect() {
        HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (bean == null) { // no HotSpot
            return Map.of();
        }
        Map<String, @Nullable Object> jvm = new LinkedHashMap<>();
        for (String collector : COLLECTORS) {
            VMOption option = option(bean, "Use" + collector + "GC");
            if (option != null && option.getValue().equals("true")) {
                jvm.put("gc", collector.equals("Z") ? "ZGC" : collector);
            }
        }
        Map<String, @Nullable Object> flags = new LinkedHashMap<>();
        for (String flag : FLAGS) {
            VMOption option = option(bean, flag);
            if (option != null && option.getOrigin() != Origin.DEFAULT) {
                flags.put(flag, option.getValue());
            }
        }
        jvm.put("flags", flags);
        return Map.of("jvm", jvm);
    }

    /** Null where this JVM has no such flag. */
    private static @Nullable VMOption option(HotSpotDiagnosticMXBean bean, String name) {
        try {
            return bean.getVMOption(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
