package io.plutorun.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A disk that does not answer for as long as it is told to hang: who makes, opens, looks at, reads, writes or removes a file of it through
 * {@code java.nio} waits. A program gets it with two classes of the JDK that runs the tests, changed so that they wait first.
 */
final class SilentDisk {

    private static final String WAITING = "sun/nio/fs/SilentDisk";
    private static final String OF_PATHS = "sun/nio/fs/UnixNativeDispatcher";
    private static final String OF_OPEN_FILES = "sun/nio/ch/FileChannelImpl";
    private static final Set<String> METHODS_OF_OPEN_FILES =
            Set.of("read", "write", "size", "truncate", "force", "map", "transferTo");

    private final Path hangs;

    private SilentDisk(Path hangs) {
        this.hangs = hangs;
    }

    /**
     * Puts it under a program that runs on the JDK of the tests.
     *
     * @param hangs a file that does not exist; the disk hangs while it does
     * @param words of the paths of its files
     */
    static SilentDisk under(Program program, Path hangs, String words) throws IOException {
        Path classes =
                new Sources().resource(WAITING + ".java").patching("java.base").compile();
        change(classes, OF_PATHS);
        change(classes, OF_OPEN_FILES);
        program.jvmOption("--patch-module", "java.base=" + classes)
                .property("silent.disk.while", hangs.toString())
                .property("silent.disk.paths", words);
        return new SilentDisk(hangs);
    }

    /** From now on it does not answer. */
    void hang() {
        try {
            Files.createFile(hangs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It answers again, those as well who wait. */
    void answer() {
        try {
            Files.delete(hangs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void change(Path classes, String name) throws IOException {
        Path original = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules/java.base", name + ".class");
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        new ClassReader(Files.readAllBytes(original)).accept(new Waits(writer), 0);
        Path file = classes.resolve(name + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, writer.toByteArray());
    }

    /** Has the methods wait that touch a file whose path is known. */
    private static final class Waits extends ClassVisitor {

        Waits(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
            boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
            boolean isOfPath = isStatic && descriptor.startsWith("(Lsun/nio/fs/UnixPath;");
            boolean isOfFile = !isStatic && METHODS_OF_OPEN_FILES.contains(name);
            return isOfPath || isOfFile ? new WaitFirst(code, isOfFile) : code;
        }
    }

    private static final class WaitFirst extends MethodVisitor {

        private final boolean isOfFile;

        WaitFirst(MethodVisitor next, boolean isOfFile) {
            super(Opcodes.ASM9, next);
            this.isOfFile = isOfFile;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            super.visitVarInsn(Opcodes.ALOAD, 0); // the path, or the channel
            if (isOfFile) {
                super.visitFieldInsn(Opcodes.GETFIELD, OF_OPEN_FILES, "path", "Ljava/lang/String;");
            }
            super.visitMethodInsn(Opcodes.INVOKESTATIC, WAITING, "await", "(Ljava/lang/Object;)V", false);
        }
    }
}
