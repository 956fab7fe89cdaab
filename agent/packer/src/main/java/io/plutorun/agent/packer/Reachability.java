package io.plutorun.agent.packer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/**
 * Which classes of the libraries the agent's classes reach, and which of their methods.
 *
 * <p>Deliberately generous. A class is reached by any mention of its name, be it an instruction's, a signature's, or a string literal's
 * such as {@code Class.forName} takes. A method of a reached class is reached when
 *
 * <ul>
 *   <li>somebody refers to a method of its name and descriptor, whatever the class: so all that may be called through a supertype stays;
 *   <li>a string literal is its name, such as {@code Class.getMethod} takes;
 *   <li>its class has supertypes outside the libraries, and the method may override one of theirs: the JDK calls it;
 *   <li>the JVM or the JDK's reflection calls it by itself: initialisers, constructors without parameters, all of an enum, methods of
 *       {@code Object}, methods that bear an annotation.
 * </ul>
 *
 * <p>Only what is reached reaches on: the agent's own classes, the classes without their methods, and the methods.
 */
final class Reachability {

    /** An object type within a descriptor or a generic signature, JVMS 4.3 and 4.7.9.1. */
    private static final Pattern OBJECT_TYPE = Pattern.compile("L([^;<(:]+)[;<]");

    /** Supertypes that call no method of their heirs by themselves; {@link #CALLED_BY_THE_JDK} has what Object's heirs have of it. */
    private static final Set<String> PASSIVE = Set.of(
            "java/lang/Object", "java/io/Serializable", "java/lang/Cloneable", "java/lang/annotation/Annotation");

    private static final Set<String> CALLED_BY_THE_JDK = Set.of(
            "<clinit>()V",
            "<init>()V",
            "equals(Ljava/lang/Object;)Z",
            "hashCode()I",
            "toString()Ljava/lang/String;",
            "finalize()V",
            "clone()Ljava/lang/Object;");

    /** A method that is there, but has not been reached so far. */
    private record Candidate(LibraryClass owner, MethodNode method) {}

    private final Map<String, byte[]> available;
    private final Map<String, LibraryClass> reached = new TreeMap<>();
    private final Map<LibraryClass, Set<MethodNode>> methods = new LinkedHashMap<>();
    private final Map<String, List<Candidate>> candidates = new HashMap<>(); // by name, and by name and descriptor
    private final Set<String> mentioned = new HashSet<>(); // the same keys
    private final Map<String, LibraryClass> parsed = new HashMap<>();
    private final Deque<ConstantPool> open = new ArrayDeque<>();

    private Reachability(Map<String, byte[]> available) {
        this.available = available;
    }

    /** The class entries of {@code available} that are reached from those in {@code roots}, without the methods that are not. */
    static Map<String, byte[]> from(Map<String, byte[]> roots, Map<String, byte[]> available) {
        Reachability reachability = new Reachability(available);
        roots.forEach((name, bytes) -> {
            if (name.endsWith(".class")) {
                reachability.open.add(ConstantPool.of(bytes));
            }
        });
        return reachability.run();
    }

    private Map<String, byte[]> run() {
        for (ConstantPool next = open.poll(); next != null; next = open.poll()) {
            for (String text : next.texts()) {
                String name = text.replace('.', '/');
                reach(name);
                for (Matcher type = OBJECT_TYPE.matcher(name); type.find(); ) {
                    reach(type.group(1));
                }
            }
            next.members().forEach(this::mention);
            next.literals().forEach(this::mention);
        }
        Map<String, byte[]> classFiles = new TreeMap<>();
        reached.forEach((entry, reachedClass) ->
                classFiles.put(entry, reachedClass.with(methods.getOrDefault(reachedClass, Set.of()))));
        return classFiles;
    }

    private void reach(String name) {
        LibraryClass found = find(name);
        if (found == null || reached.put(name + ".class", found) != null) {
            return;
        }
        open.add(found.frame());
        boolean overrides = hasOutsideSupertype(found);
        for (MethodNode method : found.methods()) {
            String key = method.name + method.desc;
            if (CALLED_BY_THE_JDK.contains(key)
                    || found.isEnum()
                    || LibraryClass.isAnnotated(method)
                    || (overrides && mayOverride(method))
                    || mentioned.contains(key)
                    || mentioned.contains(method.name)) {
                reach(new Candidate(found, method));
            } else {
                Candidate candidate = new Candidate(found, method);
                candidates.computeIfAbsent(key, any -> new ArrayList<>()).add(candidate);
                candidates
                        .computeIfAbsent(method.name, any -> new ArrayList<>())
                        .add(candidate);
            }
        }
    }

    private void reach(Candidate candidate) {
        if (methods.computeIfAbsent(candidate.owner(), any -> new HashSet<>()).add(candidate.method())) {
            open.add(candidate.owner().method(candidate.method()));
        }
    }

    private void mention(String key) {
        if (mentioned.add(key)) {
            List<Candidate> found = candidates.remove(key);
            if (found != null) {
                found.forEach(this::reach);
            }
        }
    }

    private static boolean mayOverride(MethodNode method) {
        return (method.access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) == 0 && !method.name.equals("<init>");
    }

    private boolean hasOutsideSupertype(LibraryClass type) {
        for (String supertype : type.supertypes()) {
            LibraryClass found = find(supertype);
            if (found == null ? !PASSIVE.contains(supertype) : hasOutsideSupertype(found)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable LibraryClass find(String name) {
        byte[] classFile = available.get(name + ".class");
        return classFile == null ? null : parsed.computeIfAbsent(name, any -> new LibraryClass(classFile));
    }
}
