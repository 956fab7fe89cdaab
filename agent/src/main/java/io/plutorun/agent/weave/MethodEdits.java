package io.plutorun.agent.weave;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/** A class file with some of its methods changed; all else stays as it is, byte for byte where it can. */
final class MethodEdits extends ClassVisitor {

    /** What is to become of a method. */
    interface Edit {

        /**
         * Chooses.
         *
         * @param next what writes the method
         * @return what the method is to pass through on its way; {@code next} for one that stays as it is
         */
        MethodVisitor of(MethodVisitor next, String name, String descriptor);
    }

    private final Edit edit;

    private MethodEdits(ClassWriter writer, Edit edit) {
        super(Opcodes.ASM9, writer);
        this.edit = edit;
    }

    /**
     * Writes the class file anew.
     *
     * @param options the reader's, as {@link ClassReader#accept(ClassVisitor, int)} takes them
     */
    static byte[] write(ClassReader reader, int options, Edit edit) {
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new MethodEdits(writer, edit), options);
        return writer.toByteArray();
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        return edit.of(super.visitMethod(access, name, descriptor, signature, exceptions), name, descriptor);
    }
}
