package io.plutorun.agent.weave;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** Reads a class file for what its methods declare, without changing it. */
final class ClassScan extends ClassVisitor {

    /** The newest class file that the weaver's library can read; a test says when that changes. */
    static final int NEWEST_READABLE = Opcodes.V28;

    /** JVMS 4.1: Java 1.1 has 45, and each release one more. */
    private static final int VERSION_OF_JAVA_0 = 44;

    private final List<MethodScan> methods = new ArrayList<>();
    private int version;
    private boolean isInterface;
    private boolean isGroovyTrait;
    private @Nullable String superName;

    private ClassScan() {
        super(Opcodes.ASM9);
    }

    static ClassScan of(ClassReader reader) {
        ClassScan scan = new ClassScan();
        reader.accept(scan, ClassReader.SKIP_FRAMES);
        return scan;
    }

    /** The major version of a class file: JVMS 4.1. */
    static int version(byte[] classFile) {
        return classFile.length < 8 ? 0 : (classFile[6] & 0xFF) << 8 | (classFile[7] & 0xFF);
    }

    /** For a person: why a class file of a version that is newer than can be read is left as it is, and what to do. */
    static String tooNew(int version) {
        return "its class file has version " + version + " (Java " + (version - VERSION_OF_JAVA_0)
                + "), and this agent can read up to " + NEWEST_READABLE + " (Java "
                + (NEWEST_READABLE - VERSION_OF_JAVA_0) + "); use a newer pluto-agent, or compile with --release "
                + (NEWEST_READABLE - VERSION_OF_JAVA_0);
    }

    /** All methods of the class. */
    List<MethodScan> methods() {
        return methods;
    }

    /** Whether the class file may have stack map frames: JVMS 4.10. */
    boolean hasFrames() {
        return (version & 0xFFFF) >= Opcodes.V1_6;
    }

    boolean isInterface() {
        return isInterface;
    }

    /** Whether Groovy made it of a trait: the bodies of its methods, with their annotations, stand in a class beside it. */
    boolean isGroovyTrait() {
        return isGroovyTrait;
    }

    /** The internal name of the superclass. */
    @Nullable
    String superName() {
        return superName;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        this.version = version;
        this.isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
        this.superName = superName;
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        isGroovyTrait |= descriptor.equals("Lgroovy/transform/Trait;");
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        MethodScan method = new MethodScan(access, name, descriptor);
        methods.add(method);
        return method;
    }
}
