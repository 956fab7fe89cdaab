package io.plutorun.agent.packer;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Takes out of the libraries' classes what nobody uses at run time, and renames types: debug tables, generic signatures, annotations for
 * compilers, and those of Kotlin, whose reflection the agent does not have.
 */
final class Slimmer {

    private static final String KOTLIN = "Lkotlin/";

    private final Map<String, String> relocated;

    Slimmer(Map<String, String> relocated) {
        this.relocated = relocated;
    }

    /** A library's class, slimmed and with its types renamed. */
    byte[] slim(byte[] classFile) {
        ClassNode slimmed = new ClassNode();
        new ClassReader(classFile)
                .accept(
                        new ClassRemapper(slimmed, new SimpleRemapper(Opcodes.ASM9, relocated)),
                        ClassReader.SKIP_DEBUG);
        slimmed.signature = null;
        slimmed.invisibleAnnotations = null;
        slimmed.invisibleTypeAnnotations = null;
        withoutKotlins(slimmed.visibleAnnotations);
        slimmed.fields.forEach(Slimmer::slim);
        slimmed.methods.forEach(Slimmer::slim);
        ClassWriter writer = new ClassWriter(0);
        slimmed.accept(writer);
        return writer.toByteArray();
    }

    private static void slim(FieldNode field) {
        field.signature = null;
        field.invisibleAnnotations = null;
        field.invisibleTypeAnnotations = null;
        withoutKotlins(field.visibleAnnotations);
    }

    private static void slim(MethodNode method) {
        method.signature = null;
        method.invisibleAnnotations = null;
        method.invisibleTypeAnnotations = null;
        method.invisibleParameterAnnotations = null;
        withoutKotlins(method.visibleAnnotations);
    }

    private static void withoutKotlins(@Nullable List<AnnotationNode> annotations) {
        if (annotations != null) {
            annotations.removeIf(annotation -> annotation.desc.startsWith(KOTLIN));
        }
    }
}
