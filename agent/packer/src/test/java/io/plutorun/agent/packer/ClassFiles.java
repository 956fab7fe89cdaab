package io.plutorun.agent.packer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Small class files and jars for the tests, written with ASM. */
final class ClassFiles {

    private ClassFiles() {}

    /** A class with one method that loads a string and calls a static method of another class for each of {@code called}. */
    static byte[] calling(String name, String... called) {
        ClassWriter writer = writer(name, null);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "run", "()V", null, null);
        method.visitCode();
        Label line = new Label();
        method.visitLabel(line);
        method.visitLineNumber(1, line);
        for (String other : called) {
            method.visitMethodInsn(Opcodes.INVOKESTATIC, other, "run", "()V", false);
        }
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        return writer.toByteArray();
    }

    /** A class with empty methods, each written as its name and descriptor; all but {@code <clinit>} are instance methods. */
    static byte[] declaring(String name, String superclass, String... methods) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, superclass, null);
        for (String method : methods) {
            int descriptor = method.indexOf('(');
            int access = method.startsWith("<clinit>") ? Opcodes.ACC_STATIC : Opcodes.ACC_PUBLIC;
            MethodVisitor visitor = writer.visitMethod(
                    access, method.substring(0, descriptor), method.substring(descriptor), null, null);
            visitor.visitCode();
            visitor.visitInsn(Opcodes.RETURN);
            visitor.visitMaxs(0, 1);
            visitor.visitEnd();
        }
        return writer.toByteArray();
    }

    /** A class with a method {@code inVain()V}, which nobody calls, that calls a static method of another class. */
    static byte[] callingInVain(String name, String called) {
        ClassWriter writer = writer(name, null);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "inVain", "()V", null, null);
        method.visitCode();
        method.visitMethodInsn(Opcodes.INVOKESTATIC, called, "run", "()V", false);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        return writer.toByteArray();
    }

    /** A class that mentions names in string literals and nowhere else. */
    static byte[] saying(String name, String... literals) {
        ClassWriter writer = writer(name, null);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "run", "()V", null, null);
        method.visitCode();
        for (String literal : literals) {
            method.visitLdcInsn(literal);
            method.visitInsn(Opcodes.POP);
        }
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(1, 0);
        method.visitEnd();
        return writer.toByteArray();
    }

    /** A class with a generic signature. */
    static byte[] signed(String name, String signature) {
        return writer(name, signature).toByteArray();
    }

    /** A class with a field. */
    static byte[] holding(String name, String fieldDescriptor) {
        ClassWriter writer = writer(name, null);
        writer.visitField(0, "field", fieldDescriptor, null, null).visitEnd();
        return writer.toByteArray();
    }

    /** A class that bears an annotation with an element {@code value}. */
    static byte[] annotated(String name, String annotation) {
        ClassWriter writer = writer(name, null);
        AnnotationVisitor visitor = writer.visitAnnotation(annotation, true);
        visitor.visit("value", "metadata of " + name);
        visitor.visitEnd();
        return writer.toByteArray();
    }

    private static ClassWriter writer(String name, @Nullable String signature) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, signature, "java/lang/Object", null);
        writer.visitSource(name + ".java", null);
        return writer;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Path jar(Path file, boolean multiRelease, Map<String, byte[]> entries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (multiRelease) {
            manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        }
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        return file;
    }

    static Map<String, byte[]> unzip(Path file) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (var all = zip.entries(); all.hasMoreElements(); ) {
                var entry = all.nextElement();
                try (var in = zip.getInputStream(entry)) {
                    entries.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return entries;
    }
}
