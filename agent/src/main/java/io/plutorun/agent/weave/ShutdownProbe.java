package io.plutorun.agent.weave;

import io.plutorun.agent.edge.Console;
import io.plutorun.agent.shutdown.ExitWatch;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.function.Supplier;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the classes of the JDK that know how the JVM ends. When the first run opens, {@code java.lang.Shutdown}: its {@code exit} and
 * {@code halt} call the bridge, before anything else, with the status. When the first run of a whole process opens, {@code
 * java.lang.Thread} too: its {@code dispatchUncaughtException} calls the bridge with the exception that a thread dies of, since nothing
 * else that the JDK offers tells that {@code main} did without taking the program's own handler's place.
 *
 * <p>Not {@code Runtime.exit}: a {@code SecurityManager} may veto behind that, and of two threads that call it one gets through.
 */
public final class ShutdownProbe implements ExitWatch, ClassFileTransformer {

    private static final String SHUTDOWN = "java/lang/Shutdown";
    private static final String THREAD = "java/lang/Thread";
    private static final String BRIDGE = "java/lang/PlutoBridge";

    private final Instrumentation instrumentation;
    private final Supplier<List<Exiting>> exits;
    private final Console console;
    private boolean begun;
    private boolean threadsBegun;

    /**
     * Makes the probe; nothing is woven yet.
     *
     * @param exits what the bridge has heard
     */
    public ShutdownProbe(Instrumentation instrumentation, Supplier<List<Exiting>> exits, Console console) {
        this.instrumentation = instrumentation;
        this.exits = exits;
        this.console = console;
    }

    @Override
    public synchronized void begin() {
        if (begun) {
            return;
        }
        begun = true;
        weave("java.lang.Shutdown", "the JVM's exit status can't be seen: ");
    }

    @Override
    public synchronized void beginWithThreads() {
        if (threadsBegun) {
            return;
        }
        threadsBegun = true;
        weave("java.lang.Thread", "what threads die of can't be seen: ");
    }

    private void weave(String className, String complaint) {
        try {
            instrumentation.addTransformer(this, true);
            instrumentation.retransformClasses(Class.forName(className, false, null));
        } catch (Exception | LinkageError e) {
            console.debug(complaint + e);
        } finally {
            instrumentation.removeTransformer(this);
        }
    }

    @Override
    public List<Exiting> heard() {
        return exits.get();
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain protectionDomain,
            byte[] classFile) {
        return SHUTDOWN.equals(className) || THREAD.equals(className) ? woven(classFile) : null;
    }

    static byte[] woven(byte[] classFile) {
        return MethodEdits.write(new ClassReader(classFile), 0, ShutdownProbe::probed);
    }

    private static MethodVisitor probed(MethodVisitor next, String name, String descriptor) {
        return switch (name + descriptor) {
            case "exit(I)V" -> new Probe(next, "exiting", Opcodes.ILOAD, 0, "(I)V");
            case "halt(I)V" -> new Probe(next, "halting", Opcodes.ILOAD, 0, "(I)V");
            case "dispatchUncaughtException(Ljava/lang/Throwable;)V" ->
                new Probe(next, "dying", Opcodes.ALOAD, 1, "(Ljava/lang/Throwable;)V");
            default -> next;
        };
    }

    /** A call in front of a method's first instruction, with its only argument. */
    private static final class Probe extends MethodVisitor {

        private final String told;
        private final int load;
        private final int variable;
        private final String descriptor;

        Probe(MethodVisitor next, String told, int load, int variable, String descriptor) {
            super(Opcodes.ASM9, next);
            this.told = told;
            this.load = load;
            this.variable = variable;
            this.descriptor = descriptor;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            super.visitVarInsn(load, variable);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, told, descriptor, false);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(Math.max(maxStack, 1), maxLocals);
        }
    }
}
