package io.plutorun.agent.weave;

import java.util.LinkedHashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Class files that today's javac does not make; each method is annotated. */
final class MadeClasses {

    private static final int PUBLIC_STATIC = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;

    private MadeClasses() {}

    private static ClassWriter writer(int version, String name) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(version, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        return writer;
    }

    private static MethodVisitor method(ClassWriter writer, int access, String name, String descriptor) {
        MethodVisitor method = writer.visitMethod(access, name, descriptor, null, null);
        method.visitAnnotation("Lio/plutorun/PlutoRun;", true).visitEnd();
        return method;
    }

    /** JVMS 2.11.8: a return discards what else is on the operand stack. */
    static byte[] returningFromDeepStack() {
        ClassWriter writer = writer(Opcodes.V17, "com/acme/Deep");
        MethodVisitor method = method(writer, PUBLIC_STATIC, "run", "()Ljava/lang/Object;");
        method.visitCode();
        for (int i = 0; i < 9; i++) {
            method.visitInsn(Opcodes.ACONST_NULL);
        }
        method.visitLdcInsn("top");
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(10, 0);
        method.visitEnd();
        return writer.toByteArray();
    }

    /** Its handler covers all its instructions, the return too, which javac's handlers do not. */
    static byte[] returningWithinHandler() {
        ClassWriter writer = writer(Opcodes.V17, "com/acme/Covered");
        MethodVisitor method = method(writer, PUBLIC_STATIC, "run", "(II)I");
        Label start = new Label();
        Label end = new Label();
        method.visitTryCatchBlock(start, end, end, null);
        method.visitCode();
        method.visitLabel(start);
        method.visitVarInsn(Opcodes.ILOAD, 0);
        method.visitVarInsn(Opcodes.ILOAD, 1);
        method.visitInsn(Opcodes.IDIV);
        method.visitInsn(Opcodes.IRETURN);
        method.visitLabel(end);
        method.visitFrame(Opcodes.F_NEW, 2, new Object[] {Opcodes.INTEGER, Opcodes.INTEGER}, 1, new Object[] {
            "java/lang/Throwable"
        });
        method.visitInsn(Opcodes.POP);
        method.visitInsn(Opcodes.ICONST_M1);
        method.visitInsn(Opcodes.IRETURN);
        method.visitMaxs(2, 2);
        method.visitEnd();
        return writer.toByteArray();
    }

    /** As obfuscators do it: the variable of {@code this} is used for something else, and a branch stands behind that. */
    static byte[] overwritingThis() {
        ClassWriter writer = writer(Opcodes.V17, "com/acme/Overwriting");
        MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(1, 1);
        constructor.visitEnd();
        MethodVisitor method = method(writer, Opcodes.ACC_PUBLIC, "run", "(I)I");
        method.visitCode();
        method.visitVarInsn(Opcodes.ILOAD, 1);
        method.visitVarInsn(Opcodes.ISTORE, 0);
        Label zero = new Label();
        method.visitVarInsn(Opcodes.ILOAD, 0);
        method.visitJumpInsn(Opcodes.IFEQ, zero);
        method.visitVarInsn(Opcodes.ILOAD, 0);
        method.visitInsn(Opcodes.IRETURN);
        method.visitLabel(zero);
        method.visitFrame(Opcodes.F_NEW, 2, new Object[] {Opcodes.INTEGER, Opcodes.INTEGER}, 0, new Object[0]);
        method.visitInsn(Opcodes.ACONST_NULL);
        method.visitInsn(Opcodes.ATHROW);
        method.visitMaxs(1, 2);
        method.visitEnd();
        return writer.toByteArray();
    }

    /** As javac compiled {@code finally} before Java 6: a subroutine, which may return from the method itself. */
    static byte[] withSubroutine() {
        ClassWriter writer = writer(Opcodes.V1_4, "com/acme/Subroutine");
        MethodVisitor method = method(writer, PUBLIC_STATIC, "run", "(I)I");
        Label subroutine = new Label();
        Label goOn = new Label();
        method.visitCode();
        method.visitJumpInsn(Opcodes.JSR, subroutine);
        method.visitIincInsn(0, 1);
        method.visitJumpInsn(Opcodes.JSR, subroutine);
        method.visitVarInsn(Opcodes.ILOAD, 0);
        method.visitInsn(Opcodes.IRETURN);
        method.visitLabel(subroutine);
        method.visitVarInsn(Opcodes.ASTORE, 1);
        method.visitVarInsn(Opcodes.ILOAD, 0);
        method.visitJumpInsn(Opcodes.IFGE, goOn);
        method.visitInsn(Opcodes.ICONST_M1);
        method.visitInsn(Opcodes.IRETURN);
        method.visitLabel(goOn);
        method.visitVarInsn(Opcodes.RET, 1);
        method.visitMaxs(1, 2);
        method.visitEnd();
        return writer.toByteArray();
    }

    /** Its jumps go as far as two bytes can say, and over returns, before which hooks put code; within a handler. */
    static byte[] jumpingFar() {
        ClassWriter writer = writer(Opcodes.V17, "com/acme/Far");
        MethodVisitor method = method(writer, PUBLIC_STATIC, "run", "(I)I");
        Object[] locals = {Opcodes.INTEGER};
        Label start = new Label();
        Label far = new Label();
        Label end = new Label();
        Label handler = new Label();
        method.visitTryCatchBlock(start, end, handler, "java/lang/ArithmeticException");
        method.visitCode();
        method.visitLabel(start);
        method.visitVarInsn(Opcodes.ILOAD, 0);
        method.visitJumpInsn(Opcodes.IFEQ, far);
        for (int i = 1; i < 10; i++) {
            Label next = new Label();
            method.visitVarInsn(Opcodes.ILOAD, 0);
            method.visitIntInsn(Opcodes.BIPUSH, i);
            method.visitJumpInsn(Opcodes.IF_ICMPNE, next);
            method.visitIntInsn(Opcodes.BIPUSH, 10 * i);
            method.visitInsn(Opcodes.IRETURN);
            method.visitLabel(next);
            method.visitFrame(Opcodes.F_NEW, 1, locals, 0, new Object[0]);
        }
        for (int i = 0; i < 32_600; i++) {
            method.visitInsn(Opcodes.NOP);
        }
        method.visitLabel(far);
        method.visitFrame(Opcodes.F_NEW, 1, locals, 0, new Object[0]);
        method.visitIntInsn(Opcodes.BIPUSH, 100);
        method.visitVarInsn(Opcodes.ILOAD, 0);
        method.visitInsn(Opcodes.IDIV);
        method.visitInsn(Opcodes.IRETURN);
        method.visitLabel(end);
        method.visitLabel(handler);
        method.visitFrame(Opcodes.F_NEW, 1, locals, 1, new Object[] {"java/lang/ArithmeticException"});
        method.visitInsn(Opcodes.POP);
        method.visitInsn(Opcodes.ICONST_M1);
        method.visitInsn(Opcodes.IRETURN);
        method.visitMaxs(2, 1);
        method.visitEnd();
        return writer.toByteArray();
    }

    /** Two types that no class path has meet behind a branch, where only the frame says what they have in common. */
    static byte[] ofAbsentTypes() {
        ClassWriter writer = writer(Opcodes.V17, "com/acme/Absent");
        MethodVisitor method =
                method(writer, PUBLIC_STATIC, "run", "(ZLcom/absent/Left;Lcom/absent/Right;)Lcom/absent/Both;");
        Label right = new Label();
        Label both = new Label();
        Object[] locals = {Opcodes.INTEGER, "com/absent/Left", "com/absent/Right"};
        method.visitCode();
        method.visitVarInsn(Opcodes.ILOAD, 0);
        method.visitJumpInsn(Opcodes.IFEQ, right);
        method.visitVarInsn(Opcodes.ALOAD, 1);
        method.visitJumpInsn(Opcodes.GOTO, both);
        method.visitLabel(right);
        method.visitFrame(Opcodes.F_NEW, 3, locals, 0, new Object[0]);
        method.visitVarInsn(Opcodes.ALOAD, 2);
        method.visitLabel(both);
        method.visitFrame(Opcodes.F_NEW, 3, locals, 1, new Object[] {"com/absent/Both"});
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(1, 3);
        method.visitEnd();
        return writer.toByteArray();
    }

    /** A class with methods of so many bytes. */
    static byte[] ofSize(int bytes, String... methods) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        for (String method : methods) {
            sizes.put(method, bytes);
        }
        return ofSizes(sizes);
    }

    /** The same, each with a size of its own. */
    static byte[] ofSizes(Map<String, Integer> sizes) {
        ClassWriter writer = writer(Opcodes.V17, "com/acme/Trainer");
        sizes.forEach((name, bytes) -> method(writer, name, bytes, 0));
        return writer.toByteArray();
    }

    /** A class with a method that has so many local variables. */
    static byte[] withLocals(int locals) {
        ClassWriter writer = writer(Opcodes.V17, "com/acme/Full");
        method(writer, "run", 1, locals);
        return writer.toByteArray();
    }

    private static void method(ClassWriter writer, String name, int bytes, int locals) {
        MethodVisitor method = method(writer, PUBLIC_STATIC, name, "()V");
        method.visitCode();
        for (int i = 1; i < bytes; i++) {
            method.visitInsn(Opcodes.NOP);
        }
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, locals);
        method.visitEnd();
    }
}
