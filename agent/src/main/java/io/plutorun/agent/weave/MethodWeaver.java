package io.plutorun.agent.weave;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Puts the bridge's calls into a tracked method:
 *
 * <pre>{@code
 * Object frame = null;
 * if (!PlutoBridge.joined()) {                          // not for a method that opens a run of its own
 *     frame = PlutoBridge.enter(number, arguments);
 * }
 * try {
 *     …                                                 // before each return: PlutoBridge.returned(frame, result)
 * } catch (Throwable t) {
 *     PlutoBridge.threw(frame, t);
 *     throw t;
 * }
 * }</pre>
 *
 * <p>A return makes no branch, which would need a frame of its own: the bridge tests for null itself.
 */
final class MethodWeaver extends BodyWeaver {

    /** What the entry needs on the operand stack: the number, and the arguments. */
    private static final int ENTRY_STACK = 1 + ARGUMENTS_STACK;

    /** What a return needs on top of the method's own: the frame, and the result again or null. A long or double takes as much before it is boxed. */
    private static final int RETURN_STACK = 2;

    private final int number;
    private final boolean joins;
    private final boolean recordsResult;
    private final Object[] initialLocals;
    private final int frameVariable;
    private final Type result;
    private final Label bodyStart = new Label();
    private final Label bodyEnd = new Label();

    /**
     * Makes a weaver for one method.
     *
     * @param next what writes the method
     * @param owner the internal name of its class
     * @param method what was read of it before
     * @param number its number among the tracked methods
     * @param joins whether a nested call joins the run around it
     * @param recordsResult whether a number that is returned is told, too
     * @param hasFrames whether the class file has stack map frames
     * @param frameVariable a local variable that is free
     */
    MethodWeaver(
            MethodVisitor next,
            String owner,
            MethodScan method,
            int number,
            boolean joins,
            boolean recordsResult,
            boolean hasFrames,
            int frameVariable) {
        super(next, method, hasFrames, frameVariable, OBJECT);
        this.number = number;
        this.joins = joins;
        this.recordsResult = recordsResult;
        this.frameVariable = frameVariable;
        this.initialLocals = initialLocals(owner, method);
        this.result = Type.getReturnType(method.descriptor());
    }

    @Override
    public void visitCode() {
        super.visitCode();
        Label body = new Label();
        super.visitInsn(Opcodes.ACONST_NULL);
        super.visitVarInsn(Opcodes.ASTORE, frameVariable);
        if (joins) {
            callBridge("joined", "()Z");
            super.visitJumpInsn(Opcodes.IFNE, body);
        }
        pushInt(number);
        pushArguments();
        callBridge("enter", "(I[Ljava/lang/Object;)Ljava/lang/Object;");
        super.visitVarInsn(Opcodes.ASTORE, frameVariable);
        super.visitLabel(body);
        if (joins) {
            writeFrame(initialLocals);
        }
        super.visitInsn(
                Opcodes.NOP); // the method's own first instruction may bear a frame, and two at one place are not
        // allowed
        super.visitLabel(bodyStart);
    }

    @Override
    public void visitInsn(int opcode) {
        if (isReturn(opcode)) {
            if (opcode == Opcodes.RETURN || (opcode != Opcodes.ARETURN && !recordsResult)) {
                super.visitInsn(Opcodes.ACONST_NULL); // a number says nothing of how the call ended, so it is not boxed
            } else {
                super.visitInsn(opcode == Opcodes.LRETURN || opcode == Opcodes.DRETURN ? Opcodes.DUP2 : Opcodes.DUP);
                box(result);
            }
            super.visitVarInsn(Opcodes.ALOAD, frameVariable);
            super.visitInsn(Opcodes.SWAP);
            callBridge("returned", "(Ljava/lang/Object;Ljava/lang/Object;)V");
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        super.visitLabel(bodyEnd);
        super.visitTryCatchBlock(
                bodyStart, bodyEnd, bodyEnd, null); // the last in the table: the method's own handlers go first
        writeHandlerFrame();
        super.visitInsn(Opcodes.DUP);
        super.visitVarInsn(Opcodes.ALOAD, frameVariable);
        super.visitInsn(Opcodes.SWAP);
        callBridge("threw", "(Ljava/lang/Object;Ljava/lang/Throwable;)V");
        super.visitInsn(Opcodes.ATHROW);
        super.visitMaxs(Math.max(maxStack + RETURN_STACK, ENTRY_STACK), maxLocals + 1);
    }

    /** The verifier's types of {@code this} and the parameters: JVMS 4.10.1.6. */
    private static Object[] initialLocals(String owner, MethodScan method) {
        Type[] types = Type.getArgumentTypes(method.descriptor());
        int receiver = method.isStatic() ? 0 : 1;
        Object[] locals = new Object[types.length + receiver];
        if (receiver == 1) {
            locals[0] = owner;
        }
        for (int i = 0; i < types.length; i++) {
            locals[i + receiver] = switch (types[i].getSort()) {
                case Type.BOOLEAN, Type.CHAR, Type.BYTE, Type.SHORT, Type.INT -> Opcodes.INTEGER;
                case Type.FLOAT -> Opcodes.FLOAT;
                case Type.LONG -> Opcodes.LONG;
                case Type.DOUBLE -> Opcodes.DOUBLE;
                default -> types[i].getInternalName();
            };
        }
        return locals;
    }
}
