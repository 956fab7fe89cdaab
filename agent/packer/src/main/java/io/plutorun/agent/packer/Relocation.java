package io.plutorun.agent.packer;

import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * Gives a library's classes names that are the agent's. Agents that monitor a program know its libraries by their names, in whatever
 * loader they find them: they would show the agent's own requests, a heartbeat every 10 s, among the program's.
 */
final class Relocation extends Remapper {

    private final String from;
    private final String to;

    private Relocation(String from, String to) {
        super(Opcodes.ASM9);
        this.from = from;
        this.to = to;
    }

    /**
     * Renames the classes of a package and of those below it, in all that is packed. Class files that do not name them stay as they are.
     *
     * @param from the package's internal name, with a slash at its end
     * @param to what stands there instead
     */
    static void move(Map<String, byte[]> packed, String from, String to) {
        Relocation relocation = new Relocation(from, to);
        Map<String, byte[]> moved = new TreeMap<>();
        packed.forEach((name, bytes) -> moved.put(relocation.entry(name), relocation.content(name, bytes)));
        packed.clear();
        packed.putAll(moved);
    }

    private String entry(String name) {
        return isClass(name) && name.startsWith(from) ? to + name.substring(from.length()) : name;
    }

    private byte[] content(String name, byte[] bytes) {
        if (!isClass(name) || ConstantPool.of(bytes).texts().stream().noneMatch(text -> text.contains(from))) {
            return bytes;
        }
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(bytes).accept(new ClassRemapper(writer, this), 0);
        return writer.toByteArray();
    }

    @Override
    public String map(String internalName) {
        return internalName.startsWith(from) ? to + internalName.substring(from.length()) : internalName;
    }

    private static boolean isClass(String name) {
        return name.endsWith(".class");
    }
}
