package io.plutorun.agent.weave;

import java.util.Map;
import java.util.function.BiFunction;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodTooLargeException;
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

    /**
     * Writes the class file anew with some methods changed, and without the changes that would make a method larger than the JVM takes.
     * Frames come expanded.
     *
     * @param <C> what is to change in a method
     * @param changes by the method's name and descriptor; what is left out is taken from here
     * @param edit makes the visitor that the method passes through, from the next one and the change
     * @param smaller what to do instead of a change that makes its method too large; null leaves the method as it is
     * @return null where no method is left that changes
     */
    static <C> byte @Nullable [] write(
            ClassReader reader,
            Map<String, C> changes,
            BiFunction<MethodVisitor, C, MethodVisitor> edit,
            BiFunction<C, MethodTooLargeException, @Nullable C> smaller) {
        while (!changes.isEmpty()) {
            try {
                return write(reader, ClassReader.EXPAND_FRAMES, (next, name, descriptor) -> {
                    C change = changes.get(name + descriptor);
                    return change == null ? next : edit.apply(next, change);
                });
            } catch (MethodTooLargeException e) { // the others are not made to suffer
                if (!changes.containsKey(e.getMethodName() + e.getDescriptor())) {
                    throw e;
                }
                changes.computeIfPresent(
                        e.getMethodName() + e.getDescriptor(), (name, change) -> smaller.apply(change, e));
            }
        }
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        return edit.of(super.visitMethod(access, name, descriptor, signature, exceptions), name, descriptor);
    }
}
