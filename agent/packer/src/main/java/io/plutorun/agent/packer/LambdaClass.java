package io.plutorun.agent.packer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The class of all lambdas of one class that are of one functional interface. An object of it knows which of them it is, and what that one
 * captures, in final fields: it may be handed to another thread without more.
 */
final class LambdaClass {

    private static final String WHICH = "which";

    private final String name;
    private final Lambda first;
    private final List<Lambda> lambdas = new ArrayList<>();

    /** Of each lambda, those that hold what it captures. */
    private final List<List<String>> fieldsOf = new ArrayList<>();

    /** By the descriptor, and how many of that type come before. */
    private final Map<String, String> fieldNames = new HashMap<>();

    /** By name. */
    private final Map<String, Type> fields = new LinkedHashMap<>();

    /** A class of no lambdas yet, of the kind of this one. */
    LambdaClass(String name, Lambda first) {
        this.name = name;
        this.first = first;
    }

    String name() {
        return name;
    }

    /**
     * Adds a lambda.
     *
     * @return the static method of the class that makes it of what it captures
     */
    String add(Lambda lambda) {
        Map<Type, Integer> used = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (Type type : lambda.captured()) {
            String key = type.getDescriptor() + used.merge(type, 1, Integer::sum);
            String field = fieldNames.computeIfAbsent(key, any -> "captured" + fieldNames.size());
            fields.put(field, type);
            names.add(field);
        }
        lambdas.add(lambda);
        fieldsOf.add(names);
        return factory(lambdas.size() - 1);
    }

    private static String factory(int number) {
        return "of" + number;
    }

    byte[] classFile() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(
                first.version(),
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                name,
                null,
                "java/lang/Object",
                new String[] {first.type().getInternalName()});
        if (first.nestHost() != null) {
            writer.visitNestHost(first.nestHost());
        }
        field(writer, WHICH, Type.INT_TYPE);
        fields.forEach((field, type) -> field(writer, field, type));
        Set<String> constructors = new LinkedHashSet<>();
        for (int number = 0; number < lambdas.size(); number++) {
            if (constructors.add(constructor(lambdas.get(number)))) {
                writeConstructor(writer, number);
            }
            writeFactory(writer, number);
        }
        writeMethod(writer);
        return writer.toByteArray();
    }

    private static void field(ClassWriter writer, String name, Type type) {
        writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, name, type.getDescriptor(), null, null)
                .visitEnd();
    }

    private static String constructor(Lambda lambda) {
        List<Type> parameters = new ArrayList<>(lambda.captured());
        parameters.add(0, Type.INT_TYPE);
        return Type.getMethodDescriptor(Type.VOID_TYPE, parameters.toArray(Type[]::new));
    }

    /** Lambdas that capture the same types have the same constructor, and the same fields. */
    private void writeConstructor(ClassWriter writer, int number) {
        Lambda lambda = lambdas.get(number);
        CodeWriter code = new CodeWriter(writer, Opcodes.ACC_PRIVATE, "<init>", constructor(lambda));
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ILOAD, 1);
        code.visitFieldInsn(Opcodes.PUTFIELD, name, WHICH, "I");
        int slot = 2;
        for (int i = 0; i < lambda.captured().size(); i++) {
            Type type = lambda.captured().get(i);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), slot);
            code.visitFieldInsn(Opcodes.PUTFIELD, name, fieldsOf.get(number).get(i), type.getDescriptor());
            slot += type.getSize();
        }
        code.end(Opcodes.RETURN);
    }

    private void writeFactory(ClassWriter writer, int number) {
        Lambda lambda = lambdas.get(number);
        CodeWriter code = new CodeWriter(
                writer,
                Opcodes.ACC_STATIC,
                factory(number),
                Type.getMethodDescriptor(lambda.type(), lambda.captured().toArray(Type[]::new)));
        code.visitTypeInsn(Opcodes.NEW, name);
        code.visitInsn(Opcodes.DUP);
        code.visitLdcInsn(number);
        int slot = 0;
        for (Type value : lambda.captured()) {
            code.visitVarInsn(value.getOpcode(Opcodes.ILOAD), slot);
            slot += value.getSize();
        }
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, name, "<init>", constructor(lambda), false);
        code.end(Opcodes.ARETURN);
    }

    private void writeMethod(ClassWriter writer) {
        CodeWriter code = new CodeWriter(
                writer, Opcodes.ACC_PUBLIC, first.method(), first.erased().getDescriptor());
        if (lambdas.size() > 1) {
            Label[] begins = new Label[lambdas.size()];
            for (int number = 0; number < begins.length; number++) {
                begins[number] = new Label();
            }
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitFieldInsn(Opcodes.GETFIELD, name, WHICH, "I");
            code.visitTableSwitchInsn(0, begins.length - 1, begins[0], begins);
            for (int number = 0; number < begins.length; number++) {
                code.visitLabel(begins[number]);
                code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
                lambdas.get(number).writeBody(code, name, fieldsOf.get(number));
            }
        } else {
            first.writeBody(code, name, fieldsOf.get(0));
        }
        code.end();
    }
}
