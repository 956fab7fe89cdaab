package io.plutorun.agent.describe;

import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

/** The management beans, for machines without {@code /proc}. A class of its own, so that nothing of them is loaded elsewhere. */
final class ManagementBeans {

    private ManagementBeans() {}

    static OptionalLong physicalMemory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean
                ? OptionalLong.of(bean.getTotalMemorySize())
                : OptionalLong.empty();
    }
}
