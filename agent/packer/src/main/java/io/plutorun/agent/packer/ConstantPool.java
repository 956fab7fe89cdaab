package io.plutorun.agent.packer;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;

/** The texts in a class file's constant pool: names and descriptors of all that the class refers to, and its string literals. */
final class ConstantPool {

    private static final int UTF8 = 1;

    private ConstantPool() {}

    static List<String> texts(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        char[] buffer = new char[reader.getMaxStringLength()];
        List<String> texts = new ArrayList<>();
        for (int i = 1; i < reader.getItemCount(); i++) {
            int offset = reader.getItem(i); // just behind the tag; 0 for the unused entry after a long or a double
            if (offset != 0 && reader.readByte(offset - 1) == UTF8) {
                texts.add(text(reader, offset, buffer));
            }
        }
        return texts;
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
