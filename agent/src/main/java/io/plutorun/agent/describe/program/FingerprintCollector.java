package io.plutorun.agent.describe.program;

import io.plutorun.agent.describe.Collector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One digest each for the program's own classes, the libraries, and the JVM with its options, and one for all of it: two runs whose digests are
 * equal executed the same. Of a jar the names, sizes and checksums of its entries count, not their times, so that two builds of one source
 * are equal.
 */
public final class FingerprintCollector implements Collector {

    private final Supplier<ClassPath> classPath;
    private final String runtime;
    private final Supplier<List<String>> options;

    /**
     * Makes it.
     *
     * @param classPath where its classes are
     * @param runtime the JVM's version
     * @param options what the JVM was started with. Those count that change how code is executed; system properties are what the program is
     *     given
     */
    public FingerprintCollector(Supplier<ClassPath> classPath, String runtime, Supplier<List<String>> options) {
        this.classPath = classPath;
        this.runtime = runtime;
        this.options = options;
    }

    @Override
    public Map<String, @Nullable Object> collect() throws IOException {
        Checksums program = new Checksums();
        Checksums libraries = new Checksums();
        for (ClassPath.Entry entry : classPath.get().entries()) {
            if (entry.isFolder()) {
                addFolder(program, entry.path());
            } else {
                (entry.isOfProgram() ? program : libraries).add(entry.jar().checksum());
                libraries.add(entry.jar().checksumOfJars());
            }
        }
        Checksums jvm = new Checksums();
        jvm.add(runtime);
        options.get().stream()
                .filter(option -> option.startsWith("-X") || option.startsWith("--"))
                .forEach(jvm::add);
        return Map.of("fingerprint", of(program.toString(), libraries.toString(), jvm.toString()));
    }

    private static Map<String, @Nullable Object> of(String program, String libraries, String jvm) {
        Checksums all = new Checksums();
        List.of(program, libraries, jvm).forEach(all::add);
        Map<String, @Nullable Object> fingerprint = new LinkedHashMap<>();
        fingerprint.put("program", program);
        fingerprint.put("libraries", libraries);
        fingerprint.put("jvm", jvm);
        fingerprint.put("all", all.toString());
        return fingerprint;
    }

    private static void addFolder(Checksums digest, Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            digest.add(folder.relativize(file).toString());
            digest.add(file);
        }
    }
}
