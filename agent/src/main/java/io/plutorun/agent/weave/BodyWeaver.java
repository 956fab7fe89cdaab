package io.plutorun.agent.weave;

import java.util.Arrays;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Puts code around a method's body, with local variables of its own behind all others, so that nothing is renumbered. They are set before
 * the body begins, and every stack map frame names them, padded with TOP up to them (JVMS 4.7.4 lists locals without gaps).
 *
 * <p>No frame is computed, since that would ask for other classes of the program. Frames must come expanded ({@code
 * ClassReader.EXPAND_FRAMES}). Class files older than version 50 have none.
 */
abstract class BodyWeaver extends MethodVisitor {

    static final String BRIDGE = "java/lang/PlutoBridge";
    static final String OBJECT = "java/lang/Object";

    /** For frames: no types. */
    private static final Object[] NONE = {};

    /** What {@link #pushArguments} needs on the operand stack: the array, the array again, an index, and a long. */
    static final int ARGUMENTS_STACK = 5;

    private final MethodScan method;
    private final boolean hasFrames;
    private final int firstVariable;
    private final Object[] variableTypes;

    /**
     * Makes a weaver for one method.
     *
     * @param next what writes the method
     * @param method what was read of it before
     * @param hasFrames whether the class file has stack map frames
     * @param firstVariable the first local variable that is free
     * @param variableTypes the internal names of the types of the weaver's own variables
     */
    BodyWeaver(MethodVisitor next, MethodScan method, boolean hasFrames, int firstVariable, Object... variableTypes) {
        super(Opcodes.ASM9, next);
        this.method = method;
        this.hasFrames = hasFrames;
        this.firstVariable = firstVariable;
        this.variableTypes = variableTypes;
    }

    static boolean isReturn(int opcode) {
        return opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
    }

    @Override
    public final void visitFrame(
            int type, int numLocal, Object @Nullable [] local, int numStack, Object @Nullable [] stack) {
        writeFrame(listed(numLocal, local), listed(numStack, stack));
    }

    /** The reader's array may be longer than what it lists. */
    private static Object[] listed(int count, Object @Nullable [] types) {
        return types == null ? NONE : Arrays.copyOf(types, count);
    }

    /** The frame of a handler of whatever the body throws: of the method's own variables nothing is known, since it may come from anywhere. */
    final void writeHandlerFrame() {
        writeFrame(NONE, "java/lang/Throwable");
    }

    /** A frame with the method's own variables, and the weaver's behind them. */
    final void writeFrame(Object[] local, Object... stack) {
        if (!hasFrames) {
            return;
        }
        int slots = 0;
        for (Object type : local) {
            slots += Opcodes.LONG.equals(type) || Opcodes.DOUBLE.equals(type) ? 2 : 1;
        }
        int own = variableTypes.length == 0 ? local.length : local.length + firstVariable - slots;
        Object[] all = Arrays.copyOf(local, own + variableTypes.length);
        Arrays.fill(all, local.length, own, Opcodes.TOP);
        System.arraycopy(variableTypes, 0, all, own, variableTypes.length);
        super.visitFrame(Opcodes.F_NEW, all.length, all, stack.length, stack);
    }

    /** An array of the method's arguments. Only before its body begins: that may change its parameters. */
    final void pushArguments() {
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

    /** Makes the value on top of the stack an object. */
    final void box(Type type) {
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

    final void pushInt(int value) {
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

    final void callBridge(String name, String descriptor) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, name, descriptor, false);
    }
}
