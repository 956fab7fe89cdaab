package io.plutorun.agent.sample;

import io.plutorun.agent.host.linux.ControlGroup;
import io.plutorun.agent.host.linux.SystemFiles;

/** How much of its processors and memory the control group of this process uses. */
final class CgroupSource implements Source {

    private final ControlGroup group;
    private final Counter throttledMicros = new Counter();

    CgroupSource(SystemFiles files) {
        this.group = new ControlGroup(files);
    }

    @Override
    public void look(Sample sample) {
        if (group.isVersion2()) {
            lookAtVersion2(sample);
        } else {
            lookAtVersion1(sample);
        }
    }

    private void lookAtVersion2(Sample sample) {
        throttled(ControlGroup.entry(group.text("cpu.stat"), "throttled_usec"), sample);
        memory(group.text("memory.current"), sample);
    }

    private void lookAtVersion1(Sample sample) {
        long nanos = ControlGroup.entry(group.text("cpu", "cpu.stat"), "throttled_time");
        throttled(nanos < 0 ? -1 : nanos / 1000, sample);
        memory(group.text("memory", "memory.usage_in_bytes"), sample);
    }

    private void throttled(long micros, Sample sample) {
        if (micros >= 0) {
            long added = throttledMicros.added(micros);
            if (added >= 0) {
                sample.put("cgroup.cpu.throttled_ms", added / 1000.0);
            }
        }
    }

    private void memory(String used, Sample sample) {
        long usedBytes = ControlGroup.number(used);
        if (usedBytes >= 0) {
            sample.put("cgroup.memory.used", (double) usedBytes);
        }
        long limitBytes = group.memoryLimit();
        if (limitBytes >= 0) {
            sample.put("cgroup.memory.limit", (double) limitBytes);
        }
    }
}
