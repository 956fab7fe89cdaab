package io.plutorun.agent.launch;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A class's name as its class file has it. The JVM does not tell it where the program defines the class without giving its name. */
final class ThisClass {

    private ThisClass() {}

    /** The internal name; null for a malformed file. */
    static @Nullable String of(byte[] classFile) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile))) {
            in.readLong(); // magic and version
            int entries = in.readUnsignedShort();
            String[] texts = new String[entries];
            int[] classes = new int[entries];
            for (int entry = 1; entry < entries; entry++) {
                switch (in.readUnsignedByte()) {
                    case 1: // Utf8
                        texts[entry] = in.readUTF();
                        break;
                    case 7: // Class
                        classes[entry] = in.readUnsignedShort();
                        break;
                    case 5: // Long
                    case 6: // Double: these two take two entries
                        in.readLong();
                        entry++;
                        break;
                    case 8: // String
                    case 16: // MethodType
                    case 19: // Module
                    case 20: // Package
                        in.readUnsignedShort();
                        break;
                    case 15: // MethodHandle
                        in.readUnsignedByte();
                        in.readUnsignedShort();
                        break;
                    default: // Integer, Float, members, NameAndType, Dynamic, InvokeDynamic
                        in.readInt();
                        break;
                }
            }
            in.readUnsignedShort(); // access flags
            return texts[classes[in.readUnsignedShort()]];
        } catch (IOException | ArrayIndexOutOfBoundsException e) {
            return null;
        }
    }
}
