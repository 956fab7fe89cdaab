package io.plutorun.agent.packer;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Writes out the {@code equals} and {@code hashCode} of records, as a person would.
 *
 * <p>The compiler leaves them to {@code java.lang.runtime.ObjectMethods}, which puts them together from method handles when one is first
 * called: one record as the key of a map makes the JVM spin forty-five classes. {@code toString} stays as it is, nobody needs it.
 */
final class RecordMethods {

    private static final String BOOTSTRAP = "java/lang/runtime/ObjectMethods";
    private static final String OBJECTS = "java/util/Objects";

    private RecordMethods() {}

    /** Writes them out in all class files among the entries. */
    static void writeOut(Map<String, byte[]> entries) {
        entries.replaceAll((name, bytes) -> name.endsWith(".class") ? writtenOut(bytes) : bytes);
    }

    private static byte[] writtenOut(byte[] classFile) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, 0);
        boolean changed = false;
        for (MethodNode method : node.methods.toArray(MethodNode[]::new)) {
            InvokeDynamicInsnNode site = bootstrapped(method);
            if (site != null) {
                node.methods.remove(method);
                if (method.name.equals("equals")) {
                    writeEquals(node, site);
                } else {
                    writeHashCode(node, site);
                }
                changed = true;
            }
        }
        if (!changed) {
            return classFile;
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }

    private static @Nullable InvokeDynamicInsnNode bootstrapped(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof InvokeDynamicInsnNode site
                    && site.bsm.getOwner().equals(BOOTSTRAP)
                    && !method.name.equals("toString")) {
                return site;
            }
        }
        return null;
    }

    /** {@code return o instanceof R other && Objects.equals(a, other.a) && …}, all compared, since that needs no further branch. */
    private static void writeEquals(ClassNode type, InvokeDynamicInsnNode site) {
        CodeWriter code =
                new CodeWriter(type, Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL, "equals", "(Ljava/lang/Object;)Z");
        Label same = new Label();
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitTypeInsn(Opcodes.INSTANCEOF, type.name);
        code.visitJumpInsn(Opcodes.IFNE, same);
        code.visitInsn(Opcodes.ICONST_0);
        code.visitInsn(Opcodes.IRETURN);
        code.visitLabel(same);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitInsn(Opcodes.ICONST_1);
        for (Handle component : components(site)) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            load(component, code);
            code.visitVarInsn(Opcodes.ALOAD, 1);
            code.visitTypeInsn(Opcodes.CHECKCAST, type.name);
            load(component, code);
            code.visitMethodInsn(
                    Opcodes.INVOKESTATIC, OBJECTS, "equals", "(Ljava/lang/Object;Ljava/lang/Object;)Z", false);
            code.visitInsn(Opcodes.IAND);
        }
        code.end(Opcodes.IRETURN);
    }

    private static void writeHashCode(ClassNode type, InvokeDynamicInsnNode site) {
        CodeWriter code = new CodeWriter(type, Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL, "hashCode", "()I");
        code.visitInsn(Opcodes.ICONST_0);
        for (Handle component : components(site)) {
            code.visitIntInsn(Opcodes.BIPUSH, 31);
            code.visitInsn(Opcodes.IMUL);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            load(component, code);
            code.visitMethodInsn(Opcodes.INVOKESTATIC, OBJECTS, "hashCode", "(Ljava/lang/Object;)I", false);
            code.visitInsn(Opcodes.IADD);
        }
        code.end(Opcodes.IRETURN);
    }

    /** Numbers are boxed, whose equality is the one of a record's components. */
    private static void load(Handle component, CodeWriter code) {
        code.visitFieldInsn(Opcodes.GETFIELD, component.getOwner(), component.getName(), component.getDesc());
        Conversion.box(Type.getType(component.getDesc()), code);
    }

    /** The arguments behind the class and the components' names. */
    private static Handle[] components(InvokeDynamicInsnNode site) {
        Handle[] components = new Handle[site.bsmArgs.length - 2];
        for (int i = 0; i < components.length; i++) {
            components[i] = (Handle) site.bsmArgs[i + 2];
        }
        return components;
    }
}
