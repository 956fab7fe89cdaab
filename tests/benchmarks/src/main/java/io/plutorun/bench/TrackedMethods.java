package io.plutorun.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Makes a program of any number of tracked methods, a hundred to a class, that calls each once. */
final class TrackedMethods {

    static final String MAIN = "TrackedMethods";

    private static final int PER_CLASS = 100;

    private TrackedMethods() {}

    /** Writes the class files into a folder of their own. */
    static Path write(int count) throws IOException {
        Path folder = Files.createDirectories(Place.folder().resolve("methods-" + count));
        ClassWriter main = writer(MAIN);
        MethodVisitor calls =
                main.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "main", "([Ljava/lang/String;)V", null, null);
        calls.visitCode();
        for (int first = 0; first < count; first += PER_CLASS) {
            String name = "Tracked" + first / PER_CLASS;
            ClassWriter writer = writer(name);
            for (int number = 0; number < Math.min(PER_CLASS, count - first); number++) {
                method(writer, "train" + number);
                calls.visitMethodInsn(Opcodes.INVOKESTATIC, name, "train" + number, "()V", false);
            }
            Files.write(folder.resolve(name + ".class"), writer.toByteArray());
        }
        end(calls, 1);
        Files.write(folder.resolve(MAIN + ".class"), main.toByteArray());
        return folder;
    }

    private static void method(ClassWriter writer, String name) {
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, name, "()V", null, null);
        method.visitAnnotation("Lio/plutorun/PlutoRun;", true).visitEnd();
        method.visitCode();
        end(method, 0);
    }

    private static void end(MethodVisitor method, int locals) {
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, locals);
        method.visitEnd();
    }

    private static ClassWriter writer(String name) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        return writer;
    }
}
