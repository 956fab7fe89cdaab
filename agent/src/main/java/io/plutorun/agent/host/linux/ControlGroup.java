package io.plutorun.agent.host.linux;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The control group of this process, which is the container's as a rule: version 2, else version 1 (cgroups(7)). Inside of a container the
 * group is what the file system shows at its root, whatever name the group has outside.
 */
public final class ControlGroup {

    private static final String ROOT = "sys/fs/cgroup";

    /** Version 1 writes a number near 2^63 where there is no limit. */
    private static final long NO_LIMIT = 1L << 60;

    private final SystemFiles files;
    private final Map<String, String> groups = new ConcurrentHashMap<>();
    private volatile @Nullable Boolean isVersion2;

    /** The group, as files tell it. Which one it is, is looked for once. */
    public ControlGroup(SystemFiles files) {
        this.files = files;
    }

    /** Whether it is of version 2. */
    public boolean isVersion2() {
        Boolean known = isVersion2;
        if (known == null) {
            known = !files.text(ROOT + "/cgroup.controllers").isEmpty();
            isVersion2 = known;
        }
        return known;
    }

    /** What a file of the group says in version 2; empty where it is not there. */
    public String text(String file) {
        return read(ROOT, group(""), file);
    }

    /** The same in version 1, of one controller. */
    public String text(String controller, String file) {
        return read(ROOT + "/" + controller, group(controller), file);
    }

    /** How much memory its processes may use, in bytes; -1 where there is no limit. */
    public long memoryLimit() {
        long bytes = number(isVersion2() ? text("memory.max") : text("memory", "memory.limit_in_bytes"));
        return bytes < NO_LIMIT ? bytes : -1;
    }

    /** How many processors' time its processes may use; -1 where there is no limit. */
    public double processorLimit() {
        String[] limit = isVersion2()
                ? text("cpu.max").strip().split(" ", -1) // the time, and in which time: microseconds
                : new String[] {text("cpu", "cpu.cfs_quota_us"), text("cpu", "cpu.cfs_period_us")};
        long time = number(limit[0]);
        long period = limit.length < 2 ? -1 : number(limit[1]);
        return time > 0 && period > 0 ? (double) time / period : -1;
    }

    /**
     * How often the kernel has killed for want of memory ({@code oom_kill}), and how often it was near that ({@code oom}, of version 2), since
     * the group was made. What is not counted is not there.
     */
    public Map<String, Long> memoryEvents() {
        String text = isVersion2() ? text("memory.events") : text("memory", "memory.oom_control");
        Map<String, Long> events = new LinkedHashMap<>();
        for (String word : List.of("oom", "oom_kill")) {
            long count = entry(text, word);
            if (count >= 0) {
                events.put(word, count);
            }
        }
        return events;
    }

    /**
     * The name of this process's group.
     *
     * @param controller of version 1; empty for version 2
     */
    private String group(String controller) {
        return groups.computeIfAbsent(controller, this::readGroup);
    }

    private String readGroup(String controller) {
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

    /** The number behind a word; -1 when it is not there. */
    public static long entry(String text, String word) {
        String lines = "\n" + text + "\n";
        String named = "\n" + word + " ";
        int begin = lines.indexOf(named);
        return begin < 0
                ? -1
                : number(lines.substring(begin + named.length(), lines.indexOf('\n', begin + named.length())));
    }

    /** -1 where there is no number, such as {@code max}. */
    public static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
