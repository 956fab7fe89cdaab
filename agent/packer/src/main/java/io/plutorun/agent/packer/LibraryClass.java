package io.plutorun.agent.packer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** A library's class, of which methods can be left out. */
final class LibraryClass {

    private final ClassNode node = new ClassNode();

    LibraryClass(byte[] classFile) {
        new ClassReader(classFile).accept(node, 0);
    }

    String name() {
        return node.name;
    }

    /** Superclass and interfaces. */
    List<String> supertypes() {
        List<String> supertypes = new ArrayList<>(node.interfaces);
        if (node.superName != null) {
            supertypes.add(node.superName);
        }
        return supertypes;
    }

    List<MethodNode> methods() {
        return node.methods;
    }

    boolean isEnum() {
        return (node.access & Opcodes.ACC_ENUM) != 0;
    }

    /** What the class refers to without its methods. That it is, or has, nest mates or heirs does not need them: nobody loads those for it. */
    ConstantPool frame() {
        ClassNode frame = new ClassNode();
        node.accept(frame);
        frame.methods.clear();
        frame.innerClasses.clear();
        frame.nestMembers = null;
        frame.permittedSubclasses = null;
        frame.outerClass = null;
        return ConstantPool.of(classFile(frame));
    }

    /** What a method refers to. */
    ConstantPool method(MethodNode method) {
        ClassNode alone = new ClassNode();
        alone.visit(node.version, node.access, node.name, null, "java/lang/Object", null);
        alone.methods.add(method);
        return ConstantPool.of(classFile(alone));
    }

    /** The class file with these methods only. */
    byte[] with(Set<MethodNode> methods) {
        node.methods.retainAll(methods);
        return classFile(node);
    }

    /** Whether the method bears an annotation that somebody may look for at run time; nobody looks for Kotlin's, and for deprecation. */
    static boolean isAnnotated(MethodNode method) {
        if (method.visibleAnnotations == null) {
            return false;
        }
        for (AnnotationNode annotation : method.visibleAnnotations) {
            if (!annotation.desc.equals("Ljava/lang/Deprecated;")) {
                return true;
            }
        }
        return false;
    }

    private static byte[] classFile(ClassNode node) {
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return writer.toByteArray();
    }
}
