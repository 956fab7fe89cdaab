package io.plutorun.agent.packer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which classes of the libraries the agent's classes reach.
 *
 * <p>Deliberately generous: every name in a constant pool counts, be it an instruction's, a signature's, or a string literal's such as
 * {@code Class.forName} takes.
 */
final class Reachability {

    /** An object type within a descriptor or a generic signature, JVMS 4.3 and 4.7.9.1. */
    private static final Pattern OBJECT_TYPE = Pattern.compile("L([^;<(:]+)[;<]");

    private Reachability() {}

    /** The class entries of {@code available} that are reached from those in {@code roots}. */
    static Map<String, byte[]> from(Map<String, byte[]> roots, Map<String, byte[]> available) {
        Map<String, byte[]> reached = new TreeMap<>();
        Deque<byte[]> open = new ArrayDeque<>();
        roots.forEach((name, bytes) -> {
            if (name.endsWith(".class")) {
                open.add(bytes);
            }
        });
        for (byte[] next = open.poll(); next != null; next = open.poll()) {
            for (String text : ConstantPool.texts(next)) {
                String name = text.replace('.', '/');
                visit(name, available, reached, open);
                for (Matcher type = OBJECT_TYPE.matcher(name); type.find(); ) {
                    visit(type.group(1), available, reached, open);
                }
            }
        }
        return reached;
    }

    private static void visit(
            String name, Map<String, byte[]> available, Map<String, byte[]> reached, Deque<byte[]> open) {
        String entry = name + ".class";
        byte[] classFile = available.get(entry);
        if (classFile != null && reached.put(entry, classFile) == null) {
            open.add(classFile);
        }
    }
}
