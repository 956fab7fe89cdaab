package io.plutorun.agent.weave;

import io.plutorun.agent.hook.MethodHooks;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Puts the calls of hooks into a method, those that its hooks ask for:
 *
 * <pre>{@code
 * Object self = this;                                   // the body may use the variables of this and its parameters again
 * Object[] arguments = {…};
 * PlutoBridge.hookEntry(number, self, arguments);       // may throw what the agent has made
 * try {
 *     …                                                 // before each return, outside of all handlers:
 *                                                       // PlutoBridge.hookExit(result, null, number, self, arguments),
 *                                                       // which may throw what the agent has made
 * } catch (Throwable t) {
 *     PlutoBridge.hookExit(null, t, number, self, arguments);
 *     throw t;
 * }
 * }</pre>
 *
 * <p>Returns do not meet at one place: each discards what else is on the operand stack, and a jump could not.
 */
final class HookedMethodWeaver extends BodyWeaver {

    /** At the entry: the number, the receiver, and the arguments. The handler needs less. */
    private static final int ENTRY_STACK = 2 + ARGUMENTS_STACK;

    /** What a return needs on top of the method's own: the result as an object, null, the number, the receiver, the arguments. */
    private static final int RETURN_STACK = 5;

    private static final String ARGUMENTS = "[Ljava/lang/Object;";

    private final MethodScan method;
    private final int number;
    private final boolean tellsEntry;
    private final boolean tellsExit;
    private final boolean keepsArguments;

    /** Own variables, as far as the exits need them. */
    private final int selfVariable;

    private final int argumentsVariable;

    private final Type result;
    private final Label bodyStart = new Label();

    /** What a handler covers. */
    private record Block(
            Label start, Label end, Label handler, @Nullable String type) {}

    /** The method's own, in their order. */
    private final List<Block> blocks = new ArrayList<>();

    /** Where the exits are told: no handler covers that. */
    private final List<Gap> gaps = new ArrayList<>();

    private record Gap(Label start, Label end) {}

    /**
     * Makes a weaver for one method, which is no constructor. (Not the constructor itself: the verifier would load this class for whoever
     * calls that, and JVMs without hooks do not need it.)
     *
     * @param next what writes the method
     * @param method what was read of it before
     * @param hooks its hooks
     * @param number its number among the hooked methods
     * @param hasFrames whether the class file has stack map frames
     */
    static MethodVisitor of(MethodVisitor next, MethodScan method, MethodHooks hooks, int number, boolean hasFrames) {
        return new HookedMethodWeaver(next, method, hooks, number, hasFrames);
    }

    private HookedMethodWeaver(
            MethodVisitor next, MethodScan method, MethodHooks hooks, int number, boolean hasFrames) {
        super(next, method, hasFrames, method.maxLocals(), variableTypes(method, hooks));
        this.method = method;
        this.number = number;
        this.tellsEntry = hooks.tellEntry();
        this.tellsExit = hooks.tellExit();
        this.keepsArguments = hooks.keepArguments();
        this.selfVariable = method.maxLocals();
        this.argumentsVariable = selfVariable + (tellsExit && !method.isStatic() ? 1 : 0);
        this.result = Type.getReturnType(method.descriptor());
    }

    private static Object[] variableTypes(MethodScan method, MethodHooks hooks) {
        List<Object> types = new ArrayList<>();
        if (hooks.tellExit() && !method.isStatic()) {
            types.add(OBJECT);
        }
        if (hooks.keepArguments()) {
            types.add(ARGUMENTS);
        }
        return types.toArray();
    }

    /** The first local variable that is free behind those of the method and of this weaver. */
    static int endOfVariables(MethodScan method, MethodHooks hooks) {
        return method.maxLocals() + variableTypes(method, hooks).length;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (tellsExit && !method.isStatic()) {
            super.visitVarInsn(Opcodes.ALOAD, 0);
            super.visitVarInsn(Opcodes.ASTORE, selfVariable);
        }
        if (keepsArguments) {
            pushArguments();
            super.visitVarInsn(Opcodes.ASTORE, argumentsVariable);
        }
        if (tellsEntry) {
            pushNumberAndReceiver(0);
            if (keepsArguments) {
                super.visitVarInsn(Opcodes.ALOAD, argumentsVariable);
            } else {
                pushArguments();
            }
            callBridge("hookEntry", "(ILjava/lang/Object;[Ljava/lang/Object;)V");
        }
        super.visitLabel(bodyStart);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
        blocks.add(new Block(start, end, handler, type));
    }

    @Override
    public void visitInsn(int opcode) {
        if (tellsExit && isReturn(opcode)) {
            Gap gap = new Gap(new Label(), new Label());
            super.visitLabel(gap.start());
            if (opcode == Opcodes.RETURN) {
                super.visitInsn(Opcodes.ACONST_NULL);
            } else {
                super.visitInsn(result.getSize() == 2 ? Opcodes.DUP2 : Opcodes.DUP);
                box(result);
            }
            super.visitInsn(Opcodes.ACONST_NULL);
            callHookExit();
            super.visitLabel(gap.end());
            gaps.add(gap);
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        blocks.forEach(this::writeBlock);
        if (tellsExit) {
            Label handler = new Label();
            super.visitLabel(handler);
            writeBlock(
                    new Block(bodyStart, handler, handler, null)); // the last in the table: the method's own go first
            writeHandlerFrame();
            super.visitInsn(Opcodes.DUP);
            super.visitInsn(Opcodes.ACONST_NULL);
            super.visitInsn(Opcodes.SWAP);
            callHookExit();
            super.visitInsn(Opcodes.ATHROW);
        }
        super.visitMaxs(
                Math.max(maxStack + RETURN_STACK, ENTRY_STACK),
                maxLocals + argumentsVariable - selfVariable + (keepsArguments ? 1 : 0));
    }

    /** All instructions are written, so the labels know where they are. */
    private void writeBlock(Block block) {
        Label start = block.start();
        for (Gap gap : gaps) {
            if (start.getOffset() <= gap.start().getOffset()
                    && gap.end().getOffset() <= block.end().getOffset()) {
                writeNonempty(start, gap.start(), block);
                start = gap.end();
            }
        }
        writeNonempty(start, block.end(), block);
    }

    /** The JVM takes no block without an instruction: JVMS 4.7.3. */
    private void writeNonempty(Label start, Label end, Block block) {
        if (start.getOffset() < end.getOffset()) {
            super.visitTryCatchBlock(start, end, block.handler(), block.type());
        }
    }

    /** With the result and what was thrown on the stack. */
    private void callHookExit() {
        pushNumberAndReceiver(selfVariable);
        if (keepsArguments) {
            super.visitVarInsn(Opcodes.ALOAD, argumentsVariable);
        } else {
            super.visitInsn(Opcodes.ACONST_NULL);
        }
        callBridge("hookExit", "(Ljava/lang/Object;Ljava/lang/Throwable;ILjava/lang/Object;[Ljava/lang/Object;)V");
    }

    private void pushNumberAndReceiver(int variable) {
        pushInt(number);
        if (method.isStatic()) {
            super.visitInsn(Opcodes.ACONST_NULL);
        } else {
            super.visitVarInsn(Opcodes.ALOAD, variable);
        }
    }
}
