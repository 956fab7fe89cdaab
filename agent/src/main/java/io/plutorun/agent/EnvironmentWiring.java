package io.plutorun.agent;

import io.plutorun.agent.describe.Collector;
import io.plutorun.agent.describe.Environment;
import io.plutorun.agent.describe.MachineDescription;
import io.plutorun.agent.describe.Once;
import io.plutorun.agent.describe.ProcFiles;
import io.plutorun.agent.describe.place.ContinuousIntegrationCollector;
import io.plutorun.agent.describe.place.GpuCollector;
import io.plutorun.agent.describe.place.JvmCollector;
import io.plutorun.agent.describe.place.JvmFlagsCollector;
import io.plutorun.agent.describe.place.JvmOptions;
import io.plutorun.agent.describe.place.KonduktorCollector;
import io.plutorun.agent.describe.place.KubernetesCollector;
import io.plutorun.agent.describe.place.MachineCollector;
import io.plutorun.agent.describe.place.SlurmCollector;
import io.plutorun.agent.describe.program.ClassPath;
import io.plutorun.agent.describe.program.FingerprintCollector;
import io.plutorun.agent.describe.program.GitCollector;
import io.plutorun.agent.describe.program.GitDiffCollector;
import io.plutorun.agent.describe.program.RequirementsCollector;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.host.linux.ControlGroup;
import io.plutorun.agent.host.linux.SystemFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** What finds out where the runs execute, and from what. */
final class EnvironmentWiring {

    /** When the system metrics ask the management beans for the first time, too. */
    private static final Duration FLAGS_AFTER = Duration.ofSeconds(10);

    private EnvironmentWiring() {}

    static Environment environment(JvmEnvironment jvm, Redactor redactor, boolean capturesDiff) {
        Map<String, String> variables = jvm.variables();
        Once<ClassPath> classPath = new Once<>(() -> ClassPath.read(
                jvm.property("java.class.path", ""),
                jvm.property("jdk.module.path", ""),
                jvm.property("sun.java.command", ""),
                cacheFolder(jvm)));
        Once<List<String>> options =
                new Once<>(() -> JvmOptions.of(ProcFiles.ofThisMachine().commandLine(), variables));
        GitCollector git = new GitCollector(
                Path.of(jvm.property("user.dir", "")), () -> classPath.get().own(), variables);
        List<Collector> ofProgram = List.of(git, new RequirementsCollector(classPath));
        List<Collector> ofPlace = List.of(
                new KonduktorCollector(variables),
                new SlurmCollector(variables),
                new KubernetesCollector(variables, SystemFiles.ofThisMachine()),
                new ContinuousIntegrationCollector(variables),
                new JvmCollector(options, redactor, new ControlGroup(SystemFiles.ofThisMachine())),
                new MachineCollector(SystemFiles.ofThisMachine(), jvm::property, variables),
                new GpuCollector(variables.get("PATH")));
        Collector fingerprint = new FingerprintCollector(classPath, jvm.property("java.runtime.version", ""), options);
        ThreadFactory threads = new AgentThreads("environment");
        List<List<Collector>> groups = new ArrayList<>(List.of(ofProgram, ofPlace));
        if (capturesDiff) {
            groups.add(List.of(new GitDiffCollector(git::root, variables.get("PATH"), redactor, threads)));
        }
        return new Environment(
                new MachineDescription(redactor, jvm)::get,
                groups,
                fingerprint,
                List.of(new JvmFlagsCollector()),
                FLAGS_AFTER,
                threads);
    }

    /** The agent's own; null where there is none, or none that a path can name. */
    private static @Nullable Path cacheFolder(JvmEnvironment jvm) {
        try {
            Path cache = jvm.cacheFolder();
            return cache == null ? null : cache.resolve("pluto-agent");
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
