package io.plutorun.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A disk that does not answer for as long as it is told to hang: who makes, opens, looks at, reads, writes or removes a file of it through
 * {@code java.nio}, or writes to one through {@link java.io.RandomAccessFile}, waits. A program gets it with classes of the JDK that runs
 * the tests, changed so that they wait first.
 */
final class SilentDisk {

    private static final String WAITING = "sun/nio/fs/SilentDisk";
    private static final String OF_PATHS = "sun/nio/fs/UnixNativeDispatcher";
    private static final String OF_OPEN_FILES = "sun/nio/ch/FileChannelImpl";
    private static final String OF_RANDOM_ACCESS = "java/io/RandomAccessFile";
    private static final Set<String> METHODS_OF_OPEN_FILES =
            Set.of("read", "write", "size", "truncate", "force", "map", "transferTo");
    private static final Set<String> METHODS_OF_RANDOM_ACCESS = Set.of("write");

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
        ChangedJdk.change(classes, OF_PATHS, next -> new Waits(next, OF_PATHS, Set.of()));
        ChangedJdk.change(classes, OF_OPEN_FILES, next -> new Waits(next, OF_OPEN_FILES, METHODS_OF_OPEN_FILES));
        ChangedJdk.change(
                classes, OF_RANDOM_ACCESS, next -> new Waits(next, OF_RANDOM_ACCESS, METHODS_OF_RANDOM_ACCESS));
        ChangedJdk.under(program, classes)
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

    /** Has the methods wait that touch a file whose path is known. */
    private static final class Waits extends ClassVisitor {

        private final String className;
        private final Set<String> methodsOfFiles;

        Waits(ClassVisitor next, String className, Set<String> methodsOfFiles) {
            super(Opcodes.ASM9, next);
            this.className = className;
            this.methodsOfFiles = methodsOfFiles;
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
            boolean isOfFile = !isStatic && methodsOfFiles.contains(name);
            return isOfPath || isOfFile ? new WaitFirst(code, isOfFile ? className : null) : code;
        }
    }

    private static final class WaitFirst extends MethodVisitor {

        private final @Nullable String fileClass;

        WaitFirst(MethodVisitor next, @Nullable String fileClass) {
            super(Opcodes.ASM9, next);
            this.fileClass = fileClass;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            super.visitVarInsn(Opcodes.ALOAD, 0); // the path, or the file
            if (fileClass != null) {
                super.visitFieldInsn(Opcodes.GETFIELD, fileClass, "path", "Ljava/lang/String;");
            }
            super.visitMethodInsn(Opcodes.INVOKESTATIC, WAITING, "await", "(Ljava/lang/Object;)V", false);
        }
    }
}
