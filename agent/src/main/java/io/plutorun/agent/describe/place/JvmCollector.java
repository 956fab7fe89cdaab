package io.plutorun.agent.describe.place;

import io.plutorun.agent.describe.Collector;
import io.plutorun.agent.edge.Redactor;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How the JVM was set up: options, garbage collectors, other agents, the program's modules. */
public final class JvmCollector implements Collector {

    private static final String AGENT = "-javaagent:";

    private final Redactor redactor;

    /** Makes it; the options pass the redactor. */
    public JvmCollector(Redactor redactor) {
        this.redactor = redactor;
    }

    @Override
    public Map<String, @Nullable Object> collect() {
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
        Map<String, @Nullable Object> jvm = new LinkedHashMap<>();
        jvm.put("options", redactor.commandLine(options));
        jvm.put(
                "garbage_collectors",
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .toList());
        jvm.put("agents", redactor.commandLine(agents(options)));
        jvm.put("modules", modules());
        return Map.of("jvm", jvm);
    }

    private static List<String> agents(List<String> options) {
        return options.stream()
                .filter(option ->
                        option.startsWith(AGENT) || option.startsWith("-agentlib:") || option.startsWith("-agentpath:"))
                .toList();
    }

    /** Those that are not the JDK's. */
    private static List<String> modules() {
        TreeSet<String> names = new TreeSet<>();
        ModuleLayer.boot().modules().stream()
                .map(Module::getName)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."))
                .forEach(names::add);
        return List.copyOf(names);
    }
}
