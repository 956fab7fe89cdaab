package io.plutorun.agent.sample;

import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.host.commands.Commands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The GPUs, as {@code nvidia-smi} tells them: one process of it, which writes a line for each GPU again and again, and ends with the last
 * run. What it wrote last is what counts. One that hangs tells nothing, and keeps nobody waiting. Names and units are those of Pluto's Python
 * SDK.
 */
final class GpuSource implements Source {

    private static final String COMMAND = "nvidia-smi";

    private static final String QUERY = "index,name,utilization.gpu,memory.used,memory.total,power.draw";

    private static final int FIELDS = 6;

    private static final double MEBIBYTE = 1 << 20;

    private final @Nullable Path command;
    private final Duration interval;
    private final Map<String, String[]> lineByGpu = new ConcurrentHashMap<>();
    private @Nullable Process process;
    private boolean started;

    /**
     * Starts nothing yet.
     *
     * @param path the folders in which commands lie, as the environment names them; null where it names none
     * @param interval how often each GPU is asked
     */
    GpuSource(@Nullable String path, Duration interval) {
        this.command = Commands.find(path, COMMAND);
        this.interval = interval;
    }

    @Override
    public void look(Sample sample) {
        if (!started) {
            started = true;
            start();
        }
        for (String gpu : List.copyOf(lineByGpu.keySet())) {
            String[] line = lineByGpu.remove(gpu); // a process that hangs or has ended tells nothing at the next look
            if (line != null) {
                add(line, sample);
            }
        }
    }

    private void start() {
        if (command == null) {
            return;
        }
        ProcessBuilder builder = Commands.withoutSettings(List.of(
                        command.toString(),
                        "--query-gpu=" + QUERY,
                        "--format=csv,noheader,nounits",
                        "--loop-ms=" + interval.toMillis()))
                .redirectErrorStream(true);
        try {
            Process fresh = builder.start();
            process = fresh;
            fresh.getOutputStream().close();
            new AgentThreads("gpu").newThread(() -> read(fresh)).start();
        } catch (IOException e) {
            return; // a machine with the command and without a GPU
        }
    }

    private void read(Process from) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split(",", -1);
                if (fields.length == FIELDS) { // else it is a message
                    lineByGpu.put(fields[0].strip(), fields);
                }
            }
        } catch (IOException e) {
            return; // the process was ended
        }
    }

    private static void add(String[] fields, Sample sample) {
        String name =
                fields[1].strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
        String gpu = "gpu." + fields[0].strip() + "." + name + ".";
        put(gpu + "utilization", number(fields[2]), sample);
        double used = number(fields[3]);
        put(gpu + "memory.used", used * MEBIBYTE, sample);
        put(gpu + "memory.utilization", 100 * used / number(fields[4]), sample);
        put(gpu + "power", number(fields[5]) * 1000, sample); // mW
    }

    private static void put(String name, double value, Sample sample) {
        if (Double.isFinite(value)) {
            sample.put(name, value);
        }
    }

    /** NaN for what a GPU does not tell, such as {@code [N/A]}. */
    private static double number(String field) {
        try {
            return Double.parseDouble(field.strip());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    @Override
    public void close() {
        started = false;
        lineByGpu.clear();
        Process running = process;
        process = null;
        if (running != null) {
            running.destroyForcibly();
        }
    }
}
