package io.plutorun.agent.describe;

import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.HostName;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.host.ProcessLife;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code systemMetadata} of a run: {@code process}, {@code cpu}, {@code memory}, {@code os_info}, {@code jvm}.
 *
 * <p>A card on the run's page is shown only when the whole shape of its part fits, so a part is given complete or not at all. Units are
 * the pages' own: bytes and MHz.
 */
public final class SystemDescription {

    private static final long KIB = 1024;

    private final ProcFiles proc;
    private final Redactor redactor;
    private final JvmEnvironment jvm;

    /** Describes the machine that the files are of, and the JVM whose system properties are given. */
    public SystemDescription(ProcFiles proc, Redactor redactor, JvmEnvironment jvm) {
        this.proc = proc;
        this.redactor = redactor;
        this.jvm = jvm;
    }

    /** All that can be found out. */
    public Map<String, @Nullable Object> describe() {
        Map<String, @Nullable Object> description = new LinkedHashMap<>();
        process().ifPresent(part -> description.put("process", part));
        description.put("cpu", cpu());
        description.put("memory", memory());
        description.put("os_info", operatingSystem());
        description.put("jvm", virtualMachine());
        return description;
    }

    private Optional<Map<String, @Nullable Object>> process() {
        List<String> commandLine = proc.commandLine();
        String executable = proc.executable();
        if (commandLine.isEmpty() || executable == null) {
            ProcessHandle.Info info = ProcessHandle.current().info();
            executable = info.command().orElse(null);
            commandLine = new ArrayList<>();
            info.command().ifPresent(commandLine::add);
            commandLine.addAll(List.of(info.arguments().orElse(new String[0])));
        }
        if (executable == null) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> process = new LinkedHashMap<>();
        process.put("exe", executable);
        process.put("pid", ProcessLife.ownPid());
        process.put("cmdline", redactor.commandLine(commandLine));
        return Optional.of(process);
    }

    private Map<String, @Nullable Object> cpu() {
        Map<String, @Nullable Object> cpu = new LinkedHashMap<>();
        proc.physicalCores().ifPresent(cores -> cpu.put("physical", cores));
        cpu.put("virtual", Runtime.getRuntime().availableProcessors());
        return cpu;
    }

    private Map<String, @Nullable Object> memory() {
        Map<String, @Nullable Object> memory = new LinkedHashMap<>();
        Map<String, Long> kilobytes = proc.memory();
        if (kilobytes.containsKey("MemTotal")) {
            memory.put("virt", kilobytes.get("MemTotal") * KIB);
            memory.put("swap", kilobytes.getOrDefault("SwapTotal", 0L) * KIB);
        } else {
            ManagementBeans.physicalMemory().ifPresent(bytes -> memory.put("virt", bytes));
        }
        return memory;
    }

    private Map<String, @Nullable Object> operatingSystem() {
        Map<String, String> release = proc.osRelease();
        Map<String, @Nullable Object> os = new LinkedHashMap<>();
        os.put("name", release.getOrDefault("NAME", jvm.property("os.name", "")));
        os.put("version", release.getOrDefault("VERSION_ID", jvm.property("os.version", "")));
        os.put("pretty_name", release.getOrDefault("PRETTY_NAME", jvm.property("os.name", "")));
        os.put("id", release.getOrDefault("ID", jvm.property("os.name", "")));
        Map<String, @Nullable Object> info = new LinkedHashMap<>();
        info.put("hostname", HostName.of(jvm));
        info.put("os", os);
        info.put("kernel", jvm.property("os.version"));
        info.put("arch", jvm.property("os.arch"));
        return info;
    }

    private Map<String, @Nullable Object> virtualMachine() {
        Map<String, @Nullable Object> machine = new LinkedHashMap<>();
        machine.put("name", jvm.property("java.vm.name"));
        machine.put("vendor", jvm.property("java.vendor"));
        machine.put("version", jvm.property("java.runtime.version"));
        machine.put("java", jvm.property("java.version"));
        machine.put("home", jvm.property("java.home"));
        machine.put("max_heap", Runtime.getRuntime().maxMemory());
        return machine;
    }
}
