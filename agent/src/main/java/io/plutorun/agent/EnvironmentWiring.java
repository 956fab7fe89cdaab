package io.plutorun.agent;

import io.plutorun.agent.describe.Collector;
import io.plutorun.agent.describe.Collectors;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What finds out where the runs execute, and from what. */
final class EnvironmentWiring {

    /** When the system metrics ask the management beans for the first time, too. */
    private static final Duration FLAGS_AFTER = Duration.ofSeconds(10);

    private EnvironmentWiring() {}

    static Environment environment(JvmEnvironment jvm, Redactor redactor, boolean capturesDiff) {
        ThreadFactory threads = new AgentThreads("environment");
        String workingFolder = jvm.property("user.dir", ""); // which the program may change
        return new Environment(
                new MachineDescription(redactor, jvm)::get,
                redactor,
                () -> collectors(jvm, workingFolder, redactor, capturesDiff, threads),
                List.of(new JvmFlagsCollector()),
                FLAGS_AFTER,
                threads);
    }

    /** What the machine tells comes first: where the program lies, the disk may be slow. */
    private static Collectors collectors(
            JvmEnvironment jvm, String workingFolder, Redactor redactor, boolean capturesDiff, ThreadFactory threads) {
        Map<String, String> variables = jvm.variables();
        SystemFiles files = SystemFiles.ofThisMachine();
        Once<ClassPath> classPath = new Once<>(() -> ClassPath.read(
                jvm.property("java.class.path", ""),
                jvm.property("jdk.module.path", ""),
                jvm.property("sun.java.command", ""),
                cacheFolder(jvm)));
        Once<List<String>> options =
                new Once<>(() -> JvmOptions.of(ProcFiles.ofThisMachine().commandLine(), variables));
        GitCollector git = new GitCollector(
                folder(() -> Path.of(workingFolder)), () -> classPath.get().own(), variables);
        List<List<Collector>> slow = new ArrayList<>(List.of(List.of(new GpuCollector(variables.get("PATH")))));
        if (capturesDiff) {
            slow.add(List.of(new GitDiffCollector(git::root, variables.get("PATH"), redactor, threads)));
        }
        return new Collectors(
                List.of(
                        new KonduktorCollector(variables),
                        new SlurmCollector(variables),
                        new KubernetesCollector(variables, files),
                        new ContinuousIntegrationCollector(variables),
                        new JvmCollector(options, redactor, new ControlGroup(files)),
                        new MachineCollector(files, jvm::property, variables),
                        git,
                        new RequirementsCollector(classPath)),
                slow,
                new FingerprintCollector(classPath, jvm.property("java.runtime.version", ""), options),
                () -> git.hasLeftChanges() ? List.of(git::changes) : List.of());
    }

    /** The agent's own; null where there is none, or none that a path can name. */
    private static @Nullable Path cacheFolder(JvmEnvironment jvm) {
        Path cache = folder(jvm::cacheFolder);
        return cache == null ? null : cache.resolve("pluto-agent");
    }

    /** Null where its name is one that no path can have, as one that is not ASCII in the C locale. */
    private static @Nullable Path folder(Supplier<@Nullable Path> named) {
        try {
            return named.get();
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
