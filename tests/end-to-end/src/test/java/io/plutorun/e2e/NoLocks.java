package io.plutorun.e2e;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A file system that knows no locks, as Lustre and some NFS: each {@code tryLock} throws what the JVM throws of ENOLCK there. */
final class NoLocks {

    private static final String CHANNEL = "sun/nio/ch/FileChannelImpl";
    private static final String IO_EXCEPTION = "java/io/IOException";

    private NoLocks() {}

    /** Puts it under a program that runs on the JDK of the tests. */
    static Program under(Program program) throws IOException {
        Path classes = Directories.fresh();
        ChangedJdk.change(classes, CHANNEL, Refusing::new);
        return ChangedJdk.under(program, classes);
    }

    private static final class Refusing extends ClassVisitor {

        Refusing(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
            if (!name.equals("tryLock") && !name.equals("lock")) {
                return code;
            }
            code.visitCode();
            code.visitTypeInsn(Opcodes.NEW, IO_EXCEPTION);
            code.visitInsn(Opcodes.DUP);
            code.visitLdcInsn("No locks available");
            code.visitMethodInsn(Opcodes.INVOKESPECIAL, IO_EXCEPTION, "<init>", "(Ljava/lang/String;)V", false);
            code.visitInsn(Opcodes.ATHROW);
            code.visitMaxs(0, 0);
            code.visitEnd();
            return null; // the JDK's own code is dropped
        }
    }
}
