package io.plutorun.agent.describe.place;

import io.plutorun.agent.describe.Collector;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.linux.ControlGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the JVM was set up: its options, other agents among them, the modules that are not the JDK's, and what the container allows it. No
 * management bean is asked.
 */
public final class JvmCollector implements Collector {

    private final Supplier<List<String>> options;
    private final Redactor redactor;
    private final ControlGroup container;

    /**
     * Makes it.
     *
     * @param options see {@link JvmOptions}
     * @param redactor what they pass
     * @param container what limits it
     */
    public JvmCollector(Supplier<List<String>> options, Redactor redactor, ControlGroup container) {
        this.options = options;
        this.redactor = redactor;
        this.container = container;
    }

    @Override
    public Map<String, @Nullable Object> collect() {
        List<String> all = options.get();
        Map<String, @Nullable Object> jvm = new LinkedHashMap<>();
        jvm.put("options", redactor.commandLine(all));
        jvm.put("agents", redactor.commandLine(agents(all)));
        jvm.put("modules", modules());
        Map<String, @Nullable Object> limits = limits();
        if (!limits.isEmpty()) {
            jvm.put("container", limits);
        }
        return Map.of("jvm", jvm);
    }

    /** In bytes, and in processors. */
    private Map<String, @Nullable Object> limits() {
        Map<String, @Nullable Object> limits = new LinkedHashMap<>();
        if (container.memoryLimit() >= 0) {
            limits.put("memory", container.memoryLimit());
        }
        if (container.processorLimit() > 0) {
            limits.put("cpu", container.processorLimit());
        }
        return limits;
    }

    private static List<String> agents(List<String> options) {
        return options.stream()
                .filter(option -> option.startsWith("-javaagent:")
                        || option.startsWith("-agentlib:")
                        || option.startsWith("-agentpath:"))
                .toList();
    }

    private static List<String> modules() {
        TreeSet<String> names = new TreeSet<>();
        ModuleLayer.boot().modules().stream()
                .map(Module::getName)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."))
                .forEach(names::add);
        return List.copyOf(names);
    }
}
