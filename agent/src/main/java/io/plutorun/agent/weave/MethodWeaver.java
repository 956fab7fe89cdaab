package io.plutorun.agent.weave;

import java.util.Arrays;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Puts the bridge's calls into a method:
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
 * <p>{@code frame} lives in one new local variable behind all others, so nothing is renumbered. Every stack map frame is padded with TOP
 * up to it (JVMS 4.7.4 lists locals without gaps); the handler's frame knows nothing but it, since the exception may come from anywhere.
 * A return makes no branch, which would need a frame of its own: the bridge tests for null itself. Class files older than version 50
 * have no frames.
 */
final class MethodWeaver extends MethodVisitor {

    private static final String BRIDGE = "java/lang/PlutoBridge";
    private static final String OBJECT = "java/lang/Object";

    /** What the entry needs on the operand stack: number, array, the array again, an index, and a long. */
    private static final int ENTRY_STACK = 6;

    /** What a return needs on top of the method's own: the frame, and the result again or null. */
    private static final int RETURN_STACK = 2;

    private final MethodScan method;
    private final int number;
    private final boolean joins;
    private final boolean hasFrames;
    private final Object[] initialLocals;
    private final int frameVariable;
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
     * @param hasFrames whether the class file has stack map frames
     */
    MethodWeaver(MethodVisitor next, String owner, MethodScan method, int number, boolean joins, boolean hasFrames) {
        super(Opcodes.ASM9, next);
        this.method = method;
        this.number = number;
        this.joins = joins;
        this.hasFrames = hasFrames;
        this.frameVariable = method.maxLocals();
        this.initialLocals = initialLocals(owner, method);
    }

    @Override
    public void visitCode() {
        super.visitCode();
        Label body = new Label();
        super.visitInsn(Opcodes.ACONST_NULL);
        super.visitVarInsn(Opcodes.ASTORE, frameVariable);
        if (joins) {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, "joined", "()Z", false);
            super.visitJumpInsn(Opcodes.IFNE, body);
        }
        pushInt(number);
        pushArguments();
        super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, "enter", "(I[Ljava/lang/Object;)Ljava/lang/Object;", false);
        super.visitVarInsn(Opcodes.ASTORE, frameVariable);
        super.visitLabel(body);
        if (joins) {
            writeFrame(initialLocals.length, initialLocals, 0, new Object[0]);
        }
        super.visitInsn(
                Opcodes.NOP); // the method's own first instruction may bear a frame, and two at one place are not
        // allowed
        super.visitLabel(bodyStart);
    }

    @Override
    public void visitFrame(int type, int numLocal, Object @Nullable [] local, int numStack, Object @Nullable [] stack) {
        // Frames come expanded (ClassReader.EXPAND_FRAMES), so each lists all its locals.
        writeFrame(numLocal, local == null ? new Object[0] : local, numStack, stack == null ? new Object[0] : stack);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            if (opcode == Opcodes.ARETURN) {
                super.visitInsn(Opcodes.DUP);
                super.visitVarInsn(Opcodes.ALOAD, frameVariable);
                super.visitInsn(Opcodes.SWAP);
            } else {
                super.visitVarInsn(Opcodes.ALOAD, frameVariable);
                super.visitInsn(Opcodes.ACONST_NULL); // a number says nothing of how the call ended, so it is not boxed
            }
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC, BRIDGE, "returned", "(Ljava/lang/Object;Ljava/lang/Object;)V", false);
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        super.visitLabel(bodyEnd);
        super.visitTryCatchBlock(
                bodyStart, bodyEnd, bodyEnd, null); // the last in the table: the method's own handlers go first
        writeFrame(0, new Object[0], 1, new Object[] {"java/lang/Throwable"});
        super.visitInsn(Opcodes.DUP);
        super.visitVarInsn(Opcodes.ALOAD, frameVariable);
        super.visitInsn(Opcodes.SWAP);
        super.visitMethodInsn(
                Opcodes.INVOKESTATIC, BRIDGE, "threw", "(Ljava/lang/Object;Ljava/lang/Throwable;)V", false);
        super.visitInsn(Opcodes.ATHROW);
        super.visitMaxs(Math.max(maxStack + RETURN_STACK, ENTRY_STACK), maxLocals + 1);
    }

    private void writeFrame(int numLocal, Object[] local, int numStack, Object[] stack) {
        if (!hasFrames) {
            return;
        }
        int slots = 0;
        for (int i = 0; i < numLocal; i++) {
            slots += slots(local[i]);
        }
        int padding = frameVariable - slots;
        Object[] padded = Arrays.copyOf(local, numLocal + padding + 1);
        Arrays.fill(padded, numLocal, numLocal + padding, Opcodes.TOP);
        padded[numLocal + padding] = OBJECT;
        super.visitFrame(Opcodes.F_NEW, padded.length, padded, numStack, stack);
    }

    private static int slots(@Nullable Object type) {
        return Opcodes.LONG.equals(type) || Opcodes.DOUBLE.equals(type) ? 2 : 1;
    }

    private void pushArguments() {
        Type[] types = Type.getArgumentTypes(method.descriptor());
        pushInt(types.length);
        super.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
        int slot = method.isStatic() ? 0 : 1;
        for (int i = 0; i < types.length; i++) {
            super.visitInsn(Opcodes.DUP);
            pushInt(i);
            super.visitVarInsn(types[i].getOpcode(Opcodes.ILOAD), slot);
            box(types[i]);
            super.visitInsn(Opcodes.AASTORE);
            slot += types[i].getSize();
        }
    }

    private void box(Type type) {
        String wrapper = switch (type.getSort()) {
            case Type.BOOLEAN -> "java/lang/Boolean";
            case Type.CHAR -> "java/lang/Character";
            case Type.BYTE -> "java/lang/Byte";
            case Type.SHORT -> "java/lang/Short";
            case Type.INT -> "java/lang/Integer";
            case Type.FLOAT -> "java/lang/Float";
            case Type.LONG -> "java/lang/Long";
            case Type.DOUBLE -> "java/lang/Double";
            default -> "";
        };
        if (!wrapper.isEmpty()) {
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC, wrapper, "valueOf", "(" + type.getDescriptor() + ")L" + wrapper + ";", false);
        }
    }

    private void pushInt(int value) {
        if (value >= -1 && value <= 5) {
            super.visitInsn(Opcodes.ICONST_0 + value);
        } else if (value <= Byte.MAX_VALUE) {
            super.visitIntInsn(Opcodes.BIPUSH, value);
        } else if (value <= Short.MAX_VALUE) {
            super.visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            super.visitLdcInsn(value);
        }
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
