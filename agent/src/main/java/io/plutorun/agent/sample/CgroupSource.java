package io.plutorun.agent.sample;

import io.plutorun.agent.host.SystemFiles;
import java.util.List;

/**
 * The control group of this process, which is the container's as a rule: version 2, else version 1 (cgroups(7)). Inside of a container the
 * group is what the file system shows at its root, whatever name the group has outside.
 */
final class CgroupSource implements Source {

    private static final String ROOT = "sys/fs/cgroup";

    /** Version 1 writes a number near 2^63 where there is no limit. */
    private static final long NO_LIMIT = 1L << 60;

    private final SystemFiles files;
    private final Counter throttledMicros = new Counter();

    CgroupSource(SystemFiles files) {
        this.files = files;
    }

    @Override
    public void look(Sample sample) {
        if (files.text(ROOT + "/cgroup.controllers").isEmpty()) {
            lookAtVersion1(sample);
        } else {
            lookAtVersion2(sample);
        }
    }

    private void lookAtVersion2(Sample sample) {
        String group = group("");
        throttled(entry(read(ROOT, group, "cpu.stat"), "throttled_usec"), sample);
        memory(read(ROOT, group, "memory.current"), read(ROOT, group, "memory.max"), sample);
    }

    private void lookAtVersion1(Sample sample) {
        String cpu = group("cpu");
        long nanos = entry(read(ROOT + "/cpu", cpu, "cpu.stat"), "throttled_time");
        throttled(nanos < 0 ? -1 : nanos / 1000, sample);
        String memory = group("memory");
        memory(
                read(ROOT + "/memory", memory, "memory.usage_in_bytes"),
                read(ROOT + "/memory", memory, "memory.limit_in_bytes"),
                sample);
    }

    /**
     * The name of this process's group.
     *
     * @param controller of version 1; empty for version 2
     */
    private String group(String controller) {
        for (String line : files.lines("proc/self/cgroup")) {
            String[] parts = line.split(":", 3); // number, controllers, name
            if (parts.length == 3 && List.of(parts[1].split(",", -1)).contains(controller)) {
                return parts[2];
            }
        }
        return "/";
    }

    private String read(String hierarchy, String group, String file) {
        String own = group.equals("/") ? "" : files.text(hierarchy + group + "/" + file);
        return own.isEmpty() ? files.text(hierarchy + "/" + file) : own;
    }

    private void throttled(long micros, Sample sample) {
        if (micros >= 0) {
            long added = throttledMicros.added(micros);
            if (added >= 0) {
                sample.put("cgroup.cpu.throttled_ms", added / 1000.0);
            }
        }
    }

    private static void memory(String used, String limit, Sample sample) {
        long usedBytes = number(used);
        if (usedBytes >= 0) {
            sample.put("cgroup.memory.used", (double) usedBytes);
        }
        long limitBytes = number(limit);
        if (limitBytes >= 0 && limitBytes < NO_LIMIT) {
            sample.put("cgroup.memory.limit", (double) limitBytes);
        }
    }

    /** The number behind a word; -1 when it is not there. */
    private static long entry(String text, String word) {
        return text.lines()
                .filter(line -> line.startsWith(word + " "))
                .mapToLong(line -> number(line.substring(word.length())))
                .findFirst()
                .orElse(-1);
    }

    /** -1 where there is no number, such as {@code max}. */
    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
