package io.plutorun.agent.packer;

import java.util.LinkedHashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;

/**
 * What a class file's constant pool says of others, JVMS 4.4.
 *
 * @param texts all of it: names and descriptors of what the class refers to, and its string literals
 * @param members the members that it refers to, be it by an instruction or by a method handle: name and descriptor
 * @param literals the string literals
 */
record ConstantPool(Set<String> texts, Set<String> members, Set<String> literals) {

    private static final int UTF8 = 1;
    private static final int STRING = 8;
    private static final int NAME_AND_TYPE = 12;

    static ConstantPool of(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        char[] buffer = new char[reader.getMaxStringLength()];
        ConstantPool pool = new ConstantPool(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        for (int i = 1; i < reader.getItemCount(); i++) {
            int offset = reader.getItem(i); // just behind the tag; 0 for the unused entry after a long or a double
            if (offset == 0) {
                continue;
            }
            switch (reader.readByte(offset - 1)) {
                case UTF8 -> pool.texts.add(text(reader, offset, buffer));
                case STRING -> pool.literals.add(reader.readUTF8(offset, buffer));
                case NAME_AND_TYPE ->
                    pool.members.add(reader.readUTF8(offset, buffer) + reader.readUTF8(offset + 2, buffer));
                default -> {} // numbers, and entries that consist of those above
            }
        }
        return pool;
    }

    private static String text(ClassReader reader, int offset, char[] buffer) {
        int length = reader.readUnsignedShort(offset);
        int used = 0;
        for (int at = offset + 2; at < offset + 2 + length; ) { // modified UTF-8, JVMS 4.4.7
            int first = reader.readByte(at++);
            if ((first & 0x80) == 0) {
                buffer[used++] = (char) first;
            } else if ((first & 0xE0) == 0xC0) {
                buffer[used++] = (char) (((first & 0x1F) << 6) | (reader.readByte(at++) & 0x3F));
            } else {
                int second = reader.readByte(at++);
                buffer[used++] =
                        (char) (((first & 0x0F) << 12) | ((second & 0x3F) << 6) | (reader.readByte(at++) & 0x3F));
            }
        }
        return new String(buffer, 0, used);
    }
}
