package io.plutorun.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.jspecify.annotations.Nullable;

/**
 * What class files refer to that is newer than a release of the JDK: types wherever they are named, members where they are called, read,
 * written, or the target of a method handle.
 *
 * <p>Not seen is what a string literal alone names, such as {@code Class.forName} takes.
 */
final class JdkReferences {

    /** What a class that is read says of itself. */
    private record Declared(List<String> supertypes, Set<String> members) {}

    private final JdkApi old;
    private final JdkApi current;
    private final Map<String, Declared> read = new HashMap<>();
    private final Map<String, Set<String>> newer = new TreeMap<>();

    private JdkReferences(JdkApi old, JdkApi current) {
        this.old = old;
        this.current = current;
    }

    /**
     * The references that only the current release can resolve.
     *
     * @return {@code class} or {@code class#method(descriptor)}, by what refers to it
     */
    static Map<String, Set<String>> newerThan(JdkApi old, JdkApi current, List<byte[]> classFiles) {
        JdkReferences references = new JdkReferences(old, current);
        classFiles.forEach(references::declare);
        classFiles.forEach(references::collect);
        return references.newer;
    }

    private void declare(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        List<String> supertypes = new ArrayList<>(List.of(reader.getInterfaces()));
        supertypes.add(reader.getSuperName());
        Set<String> members = new HashSet<>();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            String @Nullable [] exceptions) {
                        members.add(JdkApi.member(name, descriptor));
                        return null;
                    }

                    @Override
                    public @Nullable FieldVisitor visitField(
                            int access,
                            String name,
                            String descriptor,
                            @Nullable String signature,
                            @Nullable Object value) {
                        members.add(JdkApi.member(name, descriptor));
                        return null;
                    }
                },
                ClassReader.SKIP_CODE);
        read.put(reader.getClassName(), new Declared(supertypes, members));
    }

    /** A remapper is told of all types and members that a class file names; this one renames none. */
    private void collect(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        String user = reader.getClassName();
        Remapper listener = new Remapper(Opcodes.ASM9) {
            @Override
            public String map(String internalName) {
                if (isOfTheJdk(internalName) && !old.hasClass(internalName)) {
                    add(internalName.replace('/', '.'), user);
                }
                return internalName;
            }

            @Override
            public String mapMethodName(String owner, String name, String descriptor) {
                resolve(owner, JdkApi.member(name, descriptor), user);
                return name;
            }

            @Override
            public String mapFieldName(String owner, String name, String descriptor) {
                resolve(owner, JdkApi.member(name, descriptor), user);
                return name;
            }
        };
        reader.accept(new ClassRemapper(new ClassWriter(0), listener), ClassReader.SKIP_DEBUG);
    }

    /** Where the owner is one of the classes that are read, a member that none of these declares is inherited from the JDK. */
    private void resolve(String owner, String member, String user) {
        Set<String> inTheJdk = new LinkedHashSet<>();
        if (isDeclared(owner, member, inTheJdk) || inTheJdk.stream().anyMatch(type -> old.has(type, member))) {
            return;
        }
        for (String type : inTheJdk) {
            if (type.equals(owner) || current.has(type, member)) {
                add(type.replace('/', '.') + "#" + member, user);
            }
        }
    }

    /** Whether the class or a supertype among those that are read declares the member; if not, adds their supertypes in the JDK. */
    private boolean isDeclared(String type, String member, Set<String> inTheJdk) {
        Declared declared = read.get(type);
        if (declared == null) {
            if (isOfTheJdk(type)) {
                inTheJdk.add(type);
            }
            return false;
        }
        return declared.members().contains(member)
                || declared.supertypes().stream().anyMatch(supertype -> isDeclared(supertype, member, inTheJdk));
    }

    private void add(String reference, String user) {
        newer.computeIfAbsent(reference, any -> new TreeSet<>()).add(user.replace('/', '.'));
    }

    private static boolean isOfTheJdk(String internalName) {
        return internalName.startsWith("java/")
                || internalName.startsWith("javax/")
                || internalName.startsWith("jdk/")
                || internalName.startsWith("sun/")
                || internalName.startsWith("com/sun/");
    }
}
