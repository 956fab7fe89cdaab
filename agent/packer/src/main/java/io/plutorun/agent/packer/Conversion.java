package io.plutorun.agent.packer;

import java.util.Map;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Of a value on the stack to another type: a cast, boxing, unboxing. What else {@code LambdaMetafactory} can do, widening, is not here. */
final class Conversion {

    private static final Type OBJECT = Type.getType(Object.class);

    private static final Map<Type, Type> WRAPPERS = Map.of(
            Type.BOOLEAN_TYPE, Type.getType(Boolean.class),
            Type.BYTE_TYPE, Type.getType(Byte.class),
            Type.CHAR_TYPE, Type.getType(Character.class),
            Type.SHORT_TYPE, Type.getType(Short.class),
            Type.INT_TYPE, Type.getType(Integer.class),
            Type.LONG_TYPE, Type.getType(Long.class),
            Type.FLOAT_TYPE, Type.getType(Float.class),
            Type.DOUBLE_TYPE, Type.getType(Double.class));

    private Conversion() {}

    static boolean exists(Type from, Type to) {
        if (from.equals(to) || (isReference(from) && isReference(to))) {
            return true;
        }
        return isReference(to)
                ? WRAPPERS.containsKey(from) && (to.equals(OBJECT) || to.equals(WRAPPERS.get(from)))
                : from.equals(WRAPPERS.get(to));
    }

    static void write(Type from, Type to, MethodVisitor code) {
        if (from.equals(to)) {
            return;
        }
        if (isReference(from) && isReference(to)) {
            if (!to.equals(OBJECT)) {
                code.visitTypeInsn(Opcodes.CHECKCAST, to.getInternalName());
            }
        } else if (isReference(to)) {
            box(from, code);
        } else {
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL,
                    from.getInternalName(),
                    to.getClassName() + "Value",
                    Type.getMethodDescriptor(to),
                    false);
        }
    }

    /** Makes an object of any value that is none. */
    static void box(Type from, MethodVisitor code) {
        Type wrapper = WRAPPERS.get(from);
        if (wrapper != null) {
            code.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    wrapper.getInternalName(),
                    "valueOf",
                    Type.getMethodDescriptor(wrapper, from),
                    false);
        }
    }

    private static boolean isReference(Type type) {
        return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
    }
}
