package io.plutorun.agent.describe.program;

import io.plutorun.agent.describe.Collector;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One digest each for the program's own classes, the libraries, and the JVM with its options, and one for all of it: two runs whose digests are
 * equal executed the same. Of a jar the names, sizes and checksums of its entries count, not their times, so that two builds of one source
 * are equal.
 */
public final class FingerprintCollector implements Collector {

    /** What stands for bytes that are no character. */
    private static final char UNREADABLE = '\uFFFD';

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
                addFiles(program, entry.path().toFile(), "");
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

    /**
     * In alphabetical order. A link to a folder is not followed: it may lead back.
     *
     * @throws IOException also where the name of a file can't be read in this locale: then it can't be opened either
     */
    private static void addFiles(Checksums digest, File folder, String path) throws IOException {
        String[] names = folder.list();
        if (names == null) {
            throw new IOException(folder + " can't be read");
        }
        Arrays.sort(names);
        for (String name : names) {
            File file = new File(folder, name);
            if (file.isFile()) {
                digest.add(path + name);
                digest.add(file);
            } else if (file.isDirectory()) {
                if (!Files.isSymbolicLink(file.toPath())) {
                    addFiles(digest, file, path + name + "/");
                }
            } else if (name.indexOf(UNREADABLE) >= 0) {
                throw new IOException(folder + " holds a file whose name can't be read in this locale");
            }
        }
    }
}
