package io.plutorun.agent.packer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Turns lambdas and method references into classes, as compilers for Java 7 did. Those of one class and one functional interface share a class:
 * so the jar holds, and a JVM loads, fewer of them.
 *
 * <p>The JVM makes these classes when a lambda is first met, which costs far more than to load one: sixty lambdas 0.02 s of CPU on Java
 * 17, 0.05 s on 25, and the way to a method's first line meets twice as many. A lambda that would need a conversion which is not here
 * stays as it is.
 */
final class Lambdas {

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
        Map<String, LambdaClass> classes = new LinkedHashMap<>();
        for (MethodNode method : owner.methods) {
            for (AbstractInsnNode instruction : method.instructions.toArray()) {
                if (instruction instanceof InvokeDynamicInsnNode site) {
                    Lambda lambda = Lambda.of(site, owner);
                    if (lambda != null && lambda.isWritable()) {
                        LambdaClass type = classes.computeIfAbsent(
                                lambda.kind(),
                                kind -> new LambdaClass(owner.name + "$$Lambda" + classes.size(), lambda));
                        grantAccess(owner, lambda, type.name());
                        method.instructions.set(
                                site,
                                new MethodInsnNode(
                                        Opcodes.INVOKESTATIC, type.name(), type.add(lambda), site.desc, false));
                        changed.put(owner.name + ".class", owner);
                    }
                }
            }
        }
        classes.values().forEach(type -> made.put(type.name() + ".class", type.classFile()));
    }

    /** The body of a lambda is a private method: its class becomes a nest mate, or where there are no nests yet, the method less private. */
    private void grantAccess(ClassNode owner, Lambda lambda, String className) {
        if (lambda.nestHost() != null) {
            String host = lambda.nestHost() + ".class";
            ClassNode node = host.equals(owner.name + ".class") ? owner : node(host);
            if (node.nestMembers == null) {
                node.nestMembers = new ArrayList<>();
            }
            if (!node.nestMembers.contains(className)) {
                node.nestMembers.add(className);
            }
            changed.put(host, node);
        } else {
            MethodNode body = lambda.privateBody();
            if (body != null) {
                body.access &= ~Opcodes.ACC_PRIVATE;
                body.access |= lambda.body().isInterface() ? Opcodes.ACC_PUBLIC : 0;
            }
        }
    }
}
