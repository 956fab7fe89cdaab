package io.plutorun.agent.describe.place;

import io.plutorun.agent.describe.Collector;
import io.plutorun.agent.host.commands.Commands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The GPUs, as {@code nvidia-smi} tells them once; none where the command is absent, or takes too long. */
public final class GpuCollector implements Collector {

    private static final String QUERY =
            "name,driver_version,temperature.gpu,memory.total,memory.used,utilization.gpu,clocks.sm";

    private static final int FIELDS = 7;
    private static final long MEBIBYTE = 1 << 20;
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private final @Nullable String path;

    /**
     * Makes it.
     *
     * @param path the folders in which commands lie, as the environment names them; null where it names none
     */
    public GpuCollector(@Nullable String path) {
        this.path = path;
    }

    @Override
    public Map<String, @Nullable Object> collect() throws IOException, InterruptedException {
        Path command = Commands.find(path, "nvidia-smi");
        if (command == null) {
            return Map.of();
        }
        Process process = Commands.withoutSettings(
                        List.of(command.toString(), "--query-gpu=" + QUERY, "--format=csv,noheader,nounits"))
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) { // some hundred bytes fit into the pipe
                return Map.of();
            }
            return of(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    /** The part, from what the command prints. */
    static Map<String, @Nullable Object> of(String output) {
        List<Map<String, @Nullable Object>> devices = new ArrayList<>();
        String driver = "";
        for (String line : output.lines().toList()) {
            String[] fields = line.split("\\s*,\\s*", -1);
            if (fields.length == FIELDS && isNumber(fields[3])) { // else it is a message
                driver = fields[1];
                devices.add(device(fields));
            }
        }
        return devices.isEmpty()
                ? Map.of()
                : Map.of(
                        "gpu", Map.of("nvidia", Map.of("count", devices.size(), "driver", driver, "devices", devices)));
    }

    private static Map<String, @Nullable Object> device(String[] fields) {
        Map<String, @Nullable Object> memory = new LinkedHashMap<>();
        memory.put("total", Long.parseLong(fields[3]) * MEBIBYTE);
        if (isNumber(fields[4])) {
            memory.put("used", Long.parseLong(fields[4]) * MEBIBYTE);
        }
        Map<String, @Nullable Object> device = new LinkedHashMap<>();
        device.put("name", fields[0].strip());
        device.put("temp", isNumber(fields[2]) ? Long.parseLong(fields[2]) : 0L); // required; some do not tell it
        device.put("pid", List.of());
        device.put("memory", memory);
        if (isNumber(fields[5])) {
            device.put("utilization", Long.parseLong(fields[5]));
        }
        if (isNumber(fields[6])) {
            device.put("clockSpeed", Long.parseLong(fields[6]));
        }
        return device;
    }

    private static boolean isNumber(String field) {
        return field.matches("\\d{1,9}");
    }
}
