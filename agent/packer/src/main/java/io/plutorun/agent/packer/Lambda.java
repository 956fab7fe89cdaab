package io.plutorun.agent.packer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A lambda, or a method reference.
 *
 * @param version of the class file around
 * @param nestHost of its class; null where there are no nests
 * @param type the functional interface
 * @param method the interface's method
 * @param erased descriptor of the interface's method
 * @param actual the same, with the types that this lambda has for its type variables
 * @param captured what it captures
 * @param body what it calls
 * @param privateBody the same where it is a private method of the class around
 */
record Lambda(
        int version,
        @Nullable String nestHost,
        Type type,
        String method,
        Type erased,
        Type actual,
        List<Type> captured,
        Handle body,
        @Nullable MethodNode privateBody) {

    private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";

    private static final int JAVA_11 = Opcodes.V11;

    /** Null for a call that makes something else. */
    static @Nullable Lambda of(InvokeDynamicInsnNode site, ClassNode owner) {
        if (!site.bsm.getOwner().equals(METAFACTORY) || !site.bsm.getName().equals("metafactory")) {
            return null;
        }
        Handle body = (Handle) site.bsmArgs[1];
        boolean nests = (owner.version & 0xFFFF) >= JAVA_11;
        return new Lambda(
                owner.version,
                nests ? (owner.nestHostClass == null ? owner.name : owner.nestHostClass) : null,
                Type.getReturnType(site.desc),
                site.name,
                (Type) site.bsmArgs[0],
                (Type) site.bsmArgs[2],
                List.of(Type.getArgumentTypes(site.desc)),
                body,
                privateMethod(owner, body));
    }

    private static @Nullable MethodNode privateMethod(ClassNode owner, Handle body) {
        for (MethodNode method : owner.methods) {
            if (owner.name.equals(body.getOwner())
                    && method.name.equals(body.getName())
                    && method.desc.equals(body.getDesc())
                    && (method.access & Opcodes.ACC_PRIVATE) != 0) {
                return method;
            }
        }
        return null;
    }

    /** Whether all that stands between the interface's method and the body is here. */
    boolean isWritable() {
        boolean instance = body.getTag() != Opcodes.H_INVOKESTATIC && body.getTag() != Opcodes.H_NEWINVOKESPECIAL;
        if (instance && privateBody != null && nestHost == null) {
            return false; // made less private it could be overridden
        }
        if (body.getTag() == Opcodes.H_INVOKESPECIAL && privateBody == null) {
            return false; // a call of the superclass's method
        }
        List<Type> given = given();
        List<Type> taken = taken();
        for (int i = 0; i < given.size(); i++) {
            if (!Conversion.exists(given.get(i), taken.get(i))) {
                return false;
            }
        }
        Type result = erased.getReturnType();
        return result.getSort() == Type.VOID || Conversion.exists(made(), result);
    }

    /** What the body is called with: what is captured, then the method's arguments. */
    private List<Type> given() {
        List<Type> given = new ArrayList<>(captured);
        given.addAll(List.of(actual.getArgumentTypes()));
        return given;
    }

    /** What the body takes: its receiver, then its parameters. */
    private List<Type> taken() {
        List<Type> taken = new ArrayList<>(List.of(Type.getArgumentTypes(body.getDesc())));
        if (body.getTag() != Opcodes.H_INVOKESTATIC && body.getTag() != Opcodes.H_NEWINVOKESPECIAL) {
            taken.add(0, Type.getObjectType(body.getOwner()));
        }
        return taken;
    }

    /** What the body makes. */
    private Type made() {
        return body.getTag() == Opcodes.H_NEWINVOKESPECIAL
                ? Type.getObjectType(body.getOwner())
                : Type.getReturnType(body.getDesc());
    }

    /** What the lambdas of one class file have in common: the interface and its method. */
    String kind() {
        return type.getDescriptor() + method + erased.getDescriptor();
    }

    /**
     * Writes what the interface's method does, its return included.
     *
     * @param owner the class of the lambda
     * @param fields those that hold what it captures
     */
    void writeBody(MethodVisitor code, String owner, List<String> fields) {
        boolean constructs = body.getTag() == Opcodes.H_NEWINVOKESPECIAL;
        if (constructs) {
            code.visitTypeInsn(Opcodes.NEW, body.getOwner());
            code.visitInsn(Opcodes.DUP);
        }
        List<Type> taken = taken();
        for (int i = 0; i < captured.size(); i++) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitFieldInsn(
                    Opcodes.GETFIELD, owner, fields.get(i), captured.get(i).getDescriptor());
            Conversion.write(captured.get(i), taken.get(i), code);
        }
        Type[] erasedTypes = erased.getArgumentTypes();
        Type[] actualTypes = actual.getArgumentTypes();
        int slot = 1;
        for (int i = 0; i < erasedTypes.length; i++) {
            code.visitVarInsn(erasedTypes[i].getOpcode(Opcodes.ILOAD), slot);
            Conversion.write(erasedTypes[i], actualTypes[i], code);
            Conversion.write(actualTypes[i], taken.get(captured.size() + i), code);
            slot += erasedTypes[i].getSize();
        }
        code.visitMethodInsn(call(), body.getOwner(), body.getName(), body.getDesc(), body.isInterface());
        Type result = erased.getReturnType();
        if (result.getSort() == Type.VOID) {
            if (made().getSize() > 0) {
                code.visitInsn(made().getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
            }
        } else {
            Conversion.write(made(), result, code);
        }
        code.visitInsn(result.getOpcode(Opcodes.IRETURN));
    }

    private int call() {
        return switch (body.getTag()) {
            case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
            case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
            default -> body.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
        };
    }
}
