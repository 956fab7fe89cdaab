package io.plutorun.agent.launch;

import io.plutorun.agent.launch.program.FrameworkClasses;
import io.plutorun.agent.launch.program.MainClass;
import io.plutorun.agent.launch.program.SparkExecutorJvm;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every class file that the JVM loads, and hands the few that may be tracked to the engine.
 *
 * <p>A class can only bear {@code @PlutoRun} if the annotation's descriptor stands in its constant pool (JVMS 4.4.7, 4.7.16), so one
 * walk over the pool decides, without parsing the class. All else about a JVM that tracks nothing hangs on this: until a class passes,
 * nothing of the engine is loaded.
 */
final class TrackedClassFilter implements ClassFileTransformer {

    private static final byte[] ANNOTATION = ascii("Lio/plutorun/PlutoRun;");

    /** What a program says of its run by itself. */
    private static final String DOOR = "io/plutorun/Pluto";

    private static final ClassLoader PLATFORM = Engine.platform();

    private final NamedMethods methods;
    private final @Nullable MainClass main;
    private final boolean concernsFrameworks;
    private final boolean belongsToParent;
    private final boolean concernsTasks;
    private final Engine engine;

    /**
     * Makes a filter.
     *
     * @param main the class whose main method is tracked; null for none
     * @param concernsFrameworks whether a training of a known framework has a run: one that it opens, or that of the JVM which has started this one
     * @param belongsToParent whether what this JVM computes belongs to the run of the JVM that has started it
     * @param concernsTasks whether this JVM executes tasks of Spark's, which may be of another JVM's run
     */
    TrackedClassFilter(
            NamedMethods methods,
            @Nullable MainClass main,
            boolean concernsFrameworks,
            boolean belongsToParent,
            boolean concernsTasks,
            Engine engine) {
        this.methods = methods;
        this.main = main;
        this.concernsFrameworks = concernsFrameworks;
        this.belongsToParent = belongsToParent;
        this.concernsTasks = concernsTasks;
        this.engine = engine;
    }

    /** The JDK's own classes and the agent's are never tracked. */
    static boolean mayBeTracked(@Nullable ClassLoader loader) {
        return loader != null && loader != PLATFORM && !Engine.isLoadedBy(loader);
    }

    /** Whether anything in a class file may be tracked. */
    boolean concerns(String className, byte[] classFile, ClassLoader loader) {
        return mentions(classFile, ANNOTATION)
                || methods.names(className)
                || mentionsAny(classFile, methods.descriptors())
                || (main != null && main.is(className, loader))
                || (belongsToParent && className.equals(DOOR))
                || ((concernsFrameworks || concernsTasks)
                        && FrameworkClasses.include(className)
                        && (concernsFrameworks || SparkExecutorJvm.isInTaskOfRun(loader)));
    }

    private static boolean mentionsAny(byte[] classFile, List<byte[]> texts) {
        for (int i = 0; i < texts.size(); i++) {
            if (mentions(classFile, texts.get(i))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String givenName,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain protectionDomain,
            byte[] classFile) {
        if (loader == null || !mayBeTracked(loader)) {
            return null;
        }
        String className = givenName == null ? ThisClass.of(classFile) : givenName;
        if (className == null || !concerns(className, classFile, loader)) {
            return null;
        }
        // What the agent may do must not depend on the program's code, which stands below on the stack.
        try {
            return AccessController.doPrivileged(new PrivilegedAction<byte @Nullable []>() {
                @Override
                public byte @Nullable [] run() {
                    return woven(loader, className, classBeingRedefined, protectionDomain, classFile);
                }
            });
        } catch (LinkageError removedByThen) {
            return woven(loader, className, classBeingRedefined, protectionDomain, classFile);
        }
    }

    private byte @Nullable [] woven(
            @Nullable ClassLoader loader,
            String className,
            @Nullable Class<?> classBeingRedefined,
            @Nullable ProtectionDomain protectionDomain,
            byte[] classFile) {
        ClassFileTransformer weaver = engine.weaver();
        try {
            return weaver == null
                    ? null
                    : weaver.transform(loader, className, classBeingRedefined, protectionDomain, classFile);
        } catch (IllegalClassFormatException e) {
            throw new IllegalStateException(e); // the engine's weaver throws none
        }
    }

    /** Whether a CONSTANT_Utf8 of the class file's pool is exactly this text. A malformed file mentions nothing; the JVM will say why. */
    static boolean mentions(byte[] classFile, byte[] text) {
        try {
            int entries = unsignedShort(classFile, 8);
            int position = 10;
            for (int entry = 1; entry < entries; entry++) {
                switch (classFile[position]) {
                    case 1: // Utf8
                        int length = unsignedShort(classFile, position + 1);
                        if (length == text.length && matches(classFile, position + 3, text)) {
                            return true;
                        }
                        position += 3 + length;
                        break;
                    case 5: // Long
                    case 6: // Double: these two take two entries
                        position += 9;
                        entry++;
                        break;
                    case 7: // Class
                    case 8: // String
                    case 16: // MethodType
                    case 19: // Module
                    case 20: // Package
                        position += 3;
                        break;
                    case 15: // MethodHandle
                        position += 4;
                        break;
                    case 3: // Integer
                    case 4: // Float
                    case 9: // Fieldref
                    case 10: // Methodref
                    case 11: // InterfaceMethodref
                    case 12: // NameAndType
                    case 17: // Dynamic
                    case 18: // InvokeDynamic
                        position += 5;
                        break;
                    default:
                        return false;
                }
            }
            return false;
        } catch (ArrayIndexOutOfBoundsException e) {
            return false;
        }
    }

    private static boolean matches(byte[] classFile, int start, byte[] text) {
        for (int i = text.length - 1; i >= 0; i--) { // from the end: package prefixes are alike, ends differ
            if (classFile[start + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    private static int unsignedShort(byte[] classFile, int position) {
        return ((classFile[position] & 0xFF) << 8) | (classFile[position + 1] & 0xFF);
    }

    private static byte[] ascii(String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) text.charAt(i);
        }
        return bytes;
    }
}
