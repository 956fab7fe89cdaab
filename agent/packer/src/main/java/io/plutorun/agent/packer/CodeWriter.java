package io.plutorun.agent.packer;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Writes a method, from its first instruction to its last, which returns. */
final class CodeWriter extends MethodVisitor {

    CodeWriter(ClassVisitor type, int access, String name, String descriptor) {
        super(Opcodes.ASM9, type.visitMethod(access, name, descriptor, null, null));
        visitCode();
    }

    void end(int returning) {
        visitInsn(returning);
        end();
    }

    /** Its last instruction has returned. */
    void end() {
        visitMaxs(0, 0); // computed by the class's writer
        visitEnd();
    }
}
