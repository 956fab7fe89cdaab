package io.plutorun.agent.packer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Turns lambdas and method references into classes of their own, as compilers for Java 7 did.
 *
 * <p>The JVM makes these classes when a lambda is first met, which costs far more than to load one: sixty lambdas 0.02 s of CPU on Java
 * 17, 0.05 s on 25, and the way to a method's first line meets twice as many. A lambda that would need a conversion which is not here
 * stays as it is.
 */
final class Lambdas {

    private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";

    private final Map<String, byte[]> classFiles;
    private final Map<String, ClassNode> changed = new TreeMap<>();
    private final Map<String, byte[]> made = new TreeMap<>();

    private Lambdas(Map<String, byte[]> classFiles) {
        this.classFiles = classFiles;
    }

    /** Replaces them in all class files among the entries, and adds the classes. */
    static void replace(Map<String, byte[]> entries) {
        Lambdas lambdas = new Lambdas(entries);
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            if (entry.getKey().endsWith(".class")) {
                lambdas.replaceIn(lambdas.node(entry.getKey()));
            }
        }
        lambdas.changed.forEach((name, node) -> {
            ClassWriter writer = new ClassWriter(0);
            node.accept(writer);
            entries.put(name, writer.toByteArray());
        });
        entries.putAll(lambdas.made);
    }

    private ClassNode node(String entry) {
        ClassNode known = changed.get(entry);
        if (known != null) {
            return known;
        }
        ClassNode node = new ClassNode();
        new ClassReader(classFiles.get(entry)).accept(node, 0);
        return node;
    }

    private void replaceIn(ClassNode owner) {
        int count = 0;
        for (MethodNode method : owner.methods) {
            for (AbstractInsnNode instruction : method.instructions.toArray()) {
                if (instruction instanceof InvokeDynamicInsnNode site) {
                    Lambda lambda = Lambda.of(site, owner, owner.name + "$$Lambda" + count);
                    if (lambda != null && lambda.isWritable()) {
                        count++;
                        grantAccess(owner, lambda);
                        made.put(lambda.name() + ".class", lambda.classFile());
                        method.instructions.set(
                                site,
                                new MethodInsnNode(
                                        Opcodes.INVOKESTATIC, lambda.name(), Lambda.FACTORY, site.desc, false));
                        changed.put(owner.name + ".class", owner);
                    }
                }
            }
        }
    }

    /** The body of a lambda is a private method: its class becomes a nest mate, or where there are no nests yet, the method less private. */
    private void grantAccess(ClassNode owner, Lambda lambda) {
        if (lambda.nestHost() != null) {
            String host = lambda.nestHost() + ".class";
            ClassNode node = host.equals(owner.name + ".class") ? owner : node(host);
            if (node.nestMembers == null) {
                node.nestMembers = new ArrayList<>();
            }
            node.nestMembers.add(lambda.name());
            changed.put(host, node);
        } else {
            MethodNode body = lambda.privateBody();
            if (body != null) {
                body.access &= ~Opcodes.ACC_PRIVATE;
                body.access |= lambda.body().isInterface() ? Opcodes.ACC_PUBLIC : 0;
            }
        }
    }

    /**
     * One of them.
     *
     * @param name its class
     * @param version of its class file
     * @param nestHost of its class; null where there are no nests
     * @param type the functional interface
     * @param method the interface's method
     * @param erased descriptor of the interface's method
     * @param actual the same, with the types that this lambda has for its type variables
     * @param captured what it captures
     * @param body what it calls
     * @param privateBody the same where it is a private method of the class around
     */
    private record Lambda(
            String name,
            int version,
            @Nullable String nestHost,
            Type type,
            String method,
            Type erased,
            Type actual,
            List<Type> captured,
            Handle body,
            @Nullable MethodNode privateBody) {

        static final String FACTORY = "of";

        private static final int JAVA_11 = Opcodes.V11;

        static @Nullable Lambda of(InvokeDynamicInsnNode site, ClassNode owner, String name) {
            if (!site.bsm.getOwner().equals(METAFACTORY) || !site.bsm.getName().equals("metafactory")) {
                return null;
            }
            Handle body = (Handle) site.bsmArgs[1];
            boolean nests = (owner.version & 0xFFFF) >= JAVA_11;
            return new Lambda(
                    name,
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

        byte[] classFile() {
            ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            writer.visit(
                    version,
                    Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                    name,
                    null,
                    "java/lang/Object",
                    new String[] {type.getInternalName()});
            if (nestHost != null) {
                writer.visitNestHost(nestHost);
            }
            for (int i = 0; i < captured.size(); i++) {
                writer.visitField(
                                Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL,
                                field(i),
                                captured.get(i).getDescriptor(),
                                null,
                                null)
                        .visitEnd();
            }
            writeFactory(writer);
            writeConstructor(writer);
            writeMethod(writer);
            return writer.toByteArray();
        }

        private void writeFactory(ClassWriter writer) {
            CodeWriter code = new CodeWriter(
                    writer, Opcodes.ACC_STATIC, FACTORY, Type.getMethodDescriptor(type, capturedTypes()));
            code.visitTypeInsn(Opcodes.NEW, name);
            code.visitInsn(Opcodes.DUP);
            int slot = 0;
            for (Type value : captured) {
                code.visitVarInsn(value.getOpcode(Opcodes.ILOAD), slot);
                slot += value.getSize();
            }
            code.visitMethodInsn(Opcodes.INVOKESPECIAL, name, "<init>", constructor(), false);
            code.end(Opcodes.ARETURN);
        }

        private void writeConstructor(ClassWriter writer) {
            CodeWriter code = new CodeWriter(writer, Opcodes.ACC_PRIVATE, "<init>", constructor());
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
            int slot = 1;
            for (int i = 0; i < captured.size(); i++) {
                code.visitVarInsn(Opcodes.ALOAD, 0);
                code.visitVarInsn(captured.get(i).getOpcode(Opcodes.ILOAD), slot);
                code.visitFieldInsn(
                        Opcodes.PUTFIELD, name, field(i), captured.get(i).getDescriptor());
                slot += captured.get(i).getSize();
            }
            code.end(Opcodes.RETURN);
        }

        private void writeMethod(ClassWriter writer) {
            CodeWriter code = new CodeWriter(writer, Opcodes.ACC_PUBLIC, method, erased.getDescriptor());
            boolean constructs = body.getTag() == Opcodes.H_NEWINVOKESPECIAL;
            if (constructs) {
                code.visitTypeInsn(Opcodes.NEW, body.getOwner());
                code.visitInsn(Opcodes.DUP);
            }
            List<Type> taken = taken();
            for (int i = 0; i < captured.size(); i++) {
                code.visitVarInsn(Opcodes.ALOAD, 0);
                code.visitFieldInsn(
                        Opcodes.GETFIELD, name, field(i), captured.get(i).getDescriptor());
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
            code.end(result.getOpcode(Opcodes.IRETURN));
        }

        private int call() {
            return switch (body.getTag()) {
                case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
                case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
                default -> body.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
            };
        }

        private String constructor() {
            return Type.getMethodDescriptor(Type.VOID_TYPE, capturedTypes());
        }

        private Type[] capturedTypes() {
            return captured.toArray(Type[]::new);
        }

        private static String field(int number) {
            return "captured" + number;
        }
    }
}
