package io.plutorun.e2e;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;

/** Classes of {@code java.base} of the JDK that runs the tests, changed for one program. */
final class ChangedJdk {

    private ChangedJdk() {}

    /**
     * Changes a class.
     *
     * @param classes where the changed class goes
     * @param name the class's internal name
     * @param change from what writes the class to what is told of its members
     */
    static void change(Path classes, String name, UnaryOperator<ClassVisitor> change) throws IOException {
        Path original = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules/java.base", name + ".class");
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        new ClassReader(Files.readAllBytes(original)).accept(change.apply(writer), 0);
        Path file = classes.resolve(name + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, writer.toByteArray());
    }

    /** Has a program run with the classes of a folder in place of the JDK's own. */
    static Program under(Program program, Path classes) {
        return program.jvmOption("--patch-module", "java.base=" + classes);
    }
}
