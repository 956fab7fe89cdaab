package io.plutorun.agent.describe.program;

import io.plutorun.agent.describe.Collector;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The libraries that the program may use, in alphabetical order, as the card of the run's page wants them. */
public final class RequirementsCollector implements Collector {

    private final Supplier<ClassPath> classPath;

    public RequirementsCollector(Supplier<ClassPath> classPath) {
        this.classPath = classPath;
    }

    @Override
    public Map<String, @Nullable Object> collect() {
        TreeSet<String> libraries = new TreeSet<>();
        classPath.get().entries().forEach(entry -> libraries.addAll(entry.jar().libraries()));
        return libraries.isEmpty() ? Map.of() : Map.of("requirements", List.copyOf(libraries));
    }
}
