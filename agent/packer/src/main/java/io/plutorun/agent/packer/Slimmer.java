package io.plutorun.agent.packer;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/** Takes out of the libraries' classes what is never used at run time, debug tables and Kotlin's metadata, and renames types. */
final class Slimmer {

    private static final String KOTLIN_METADATA = "Lkotlin/Metadata;";
    private static final String KOTLIN_DEBUG_METADATA = "Lkotlin/coroutines/jvm/internal/DebugMetadata;";

    private final Map<String, String> relocated;

    Slimmer(Map<String, String> relocated) {
        this.relocated = relocated;
    }

    /** A library's class, slimmed and with its types renamed. */
    byte[] slim(byte[] classFile) {
        ClassWriter writer = new ClassWriter(0);
        ClassVisitor withoutMetadata = new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
                return descriptor.equals(KOTLIN_METADATA) || descriptor.equals(KOTLIN_DEBUG_METADATA)
                        ? null
                        : super.visitAnnotation(descriptor, visible);
            }
        };
        ClassVisitor renamed = new ClassRemapper(withoutMetadata, new SimpleRemapper(Opcodes.ASM9, relocated));
        new ClassReader(classFile).accept(renamed, ClassReader.SKIP_DEBUG);
        return writer.toByteArray();
    }
}
