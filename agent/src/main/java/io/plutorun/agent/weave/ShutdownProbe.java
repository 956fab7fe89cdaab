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
 * Weaves {@code java.lang.Shutdown}, the one class of the JDK that the agent touches, when the first run opens: its {@code exit} and
 * {@code halt} call the bridge, before anything else, with the status.
 *
 * <p>Not {@code Runtime.exit}: a {@code SecurityManager} may veto behind that, and of two threads that call it one gets through.
 */
public final class ShutdownProbe implements ExitWatch, ClassFileTransformer {

    private static final String SHUTDOWN = "java/lang/Shutdown";
    private static final String BRIDGE = "java/lang/PlutoBridge";

    private final Instrumentation instrumentation;
    private final Supplier<List<Exiting>> exits;
    private final Console console;
    private boolean begun;

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
        try {
            instrumentation.addTransformer(this, true);
            instrumentation.retransformClasses(Class.forName("java.lang.Shutdown", false, null));
        } catch (Exception | LinkageError e) {
            console.debug("the JVM's exit status can't be seen: " + e);
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
        return SHUTDOWN.equals(className) ? woven(classFile) : null;
    }

    static byte[] woven(byte[] classFile) {
        return MethodEdits.write(new ClassReader(classFile), 0, ShutdownProbe::probed);
    }

    private static MethodVisitor probed(MethodVisitor next, String name, String descriptor) {
        return switch (name + descriptor) {
            case "exit(I)V" -> new Probe(next, "exiting");
            case "halt(I)V" -> new Probe(next, "halting");
            default -> next;
        };
    }

    /** A call in front of a static method's first instruction, with its only argument. */
    private static final class Probe extends MethodVisitor {

        private final String told;

        Probe(MethodVisitor next, String told) {
            super(Opcodes.ASM9, next);
            this.told = told;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            super.visitVarInsn(Opcodes.ILOAD, 0);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, told, "(I)V", false);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(Math.max(maxStack, 1), maxLocals);
        }
    }
}
