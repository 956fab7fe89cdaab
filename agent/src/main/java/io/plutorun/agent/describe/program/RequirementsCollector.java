package io.plutorun.agent.describe.program;

import io.plutorun.agent.describe.Collector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The libraries that the program may use, in alphabetical order, as the card of the run's page wants them. */
public final class RequirementsCollector implements Collector {

    private final Supplier<List<Path>> classPath;

    /**
     * Makes it.
     *
     * @param classPath see {@link ClassPath#entries}
     */
    public RequirementsCollector(Supplier<List<Path>> classPath) {
        this.classPath = classPath;
    }

    @Override
    public Map<String, @Nullable Object> collect() {
        TreeSet<String> libraries = new TreeSet<>();
        for (Path entry : classPath.get()) {
            if (Files.isRegularFile(entry)) {
                try {
                    libraries.addAll(JarContents.libraries(entry));
                } catch (IOException | RuntimeException e) {
                    // no jar: it holds no library
                }
            }
        }
        return libraries.isEmpty() ? Map.of() : Map.of("requirements", List.copyOf(libraries));
    }
}
