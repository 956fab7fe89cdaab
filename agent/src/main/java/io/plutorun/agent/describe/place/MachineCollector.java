package io.plutorun.agent.describe.place;

import io.plutorun.agent.describe.Collector;
import io.plutorun.agent.host.linux.SystemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Kernel, time zone, time of the start, and pace of the processor, as Linux tells them in files; in the form of Pluto's Python SDK. The JVM is
 * not asked for its time zone: its first answer is the one for good, and the program may mean to set another one before.
 */
public final class MachineCollector implements Collector {

    private static final String FREQUENCIES = "sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_";

    private static final String ZONES = "zoneinfo/";

    private final SystemFiles files;
    private final UnaryOperator<@Nullable String> properties;
    private final Map<String, String> variables;

    /**
     * Makes it.
     *
     * @param properties the system properties by name
     * @param variables the variables of the process
     */
    public MachineCollector(
            SystemFiles files, UnaryOperator<@Nullable String> properties, Map<String, String> variables) {
        this.files = files;
        this.properties = properties;
        this.variables = variables;
    }

    @Override
    public Map<String, @Nullable Object> collect() {
        Map<String, @Nullable Object> machine = new LinkedHashMap<>();
        machine.put("platform", platform());
        String zone = timeZone();
        if (zone != null) {
            machine.put("timezone", List.of(zone));
        }
        for (String line : files.lines("proc/stat")) {
            if (line.startsWith("btime ") && line.matches("btime \\d{1,18}")) {
                machine.put("boot_time", Long.parseLong(line.substring(6)));
            }
        }
        Map<String, @Nullable Object> frequencies = frequencies();
        if (!frequencies.isEmpty()) {
            machine.put("cpu", Map.of("freq", frequencies));
        }
        return machine;
    }

    /** The fields of uname(2). */
    private Map<String, @Nullable Object> platform() {
        Map<String, @Nullable Object> platform = new LinkedHashMap<>();
        platform.put("system", kernel("ostype", "os.name"));
        platform.put("node", kernel("hostname", null));
        platform.put("release", kernel("osrelease", "os.version"));
        platform.put("version", kernel("version", null));
        platform.put("machine", properties.apply("os.arch"));
        platform.values().removeIf(value -> value == null || value.equals(""));
        return platform;
    }

    private @Nullable String kernel(String file, @Nullable String property) {
        String text = files.text("proc/sys/kernel/" + file).strip();
        return text.isEmpty() && property != null ? properties.apply(property) : text;
    }

    /** The zone's name, {@code Europe/Berlin}; null where it can't be seen. */
    private @Nullable String timeZone() {
        for (String named : new String[] {
            properties.apply("user.timezone"),
            variables.get("TZ"),
            files.text("etc/timezone").strip()
        }) {
            if (named != null && !named.isBlank()) {
                return named.startsWith(":") ? named.substring(1) : named; // POSIX.1-2017, 8.3
            }
        }
        try {
            String link = Files.readSymbolicLink(files.root().resolve(Path.of("etc/localtime")))
                    .toString();
            int zone = link.indexOf(ZONES);
            return zone < 0 ? null : link.substring(zone + ZONES.length());
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    /** In MHz. A machine that does not change its pace tells only what it is. */
    private Map<String, @Nullable Object> frequencies() {
        Map<String, @Nullable Object> frequencies = new LinkedHashMap<>();
        for (String end : new String[] {"min", "max"}) {
            String kilohertz = files.text(FREQUENCIES + end + "_freq").strip();
            if (kilohertz.matches("\\d{1,12}")) {
                frequencies.put(end, Long.parseLong(kilohertz) / 1000.0);
            }
        }
        if (frequencies.isEmpty()) {
            double fastest = 0;
            for (String line : files.lines("proc/cpuinfo")) {
                if (line.startsWith("cpu MHz") && line.matches("cpu MHz\\s*: \\d{1,9}(\\.\\d{1,9})?")) {
                    fastest = Math.max(fastest, Double.parseDouble(line.substring(line.indexOf(':') + 1)));
                }
            }
            if (fastest > 0) {
                frequencies.put("max", fastest);
            }
        }
        return frequencies;
    }
}
