package io.plutorun.e2e.programs;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.Enumeration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Links every class of the jars that its arguments name, which has the JVM verify them; initialises none. Tells what is wrong, how many
 * there are, and, being an agent too, which comes behind another one, how many that one has woven.
 */
public final class WovenClasses implements ClassFileTransformer {

    private static final AtomicInteger WOVEN = new AtomicInteger();

    private WovenClasses() {}

    public static void premain(String arguments, Instrumentation instrumentation) {
        instrumentation.addTransformer(
                new WovenClasses(), true); // else it would come before those that can retransform
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] classFile) {
        if (new String(classFile, StandardCharsets.ISO_8859_1).contains("java/lang/PlutoBridge")) {
            WOVEN.incrementAndGet();
        }
        return null;
    }

    public static void main(String[] args) throws IOException {
        int verified = 0;
        int unlinkable = 0;
        for (String jar : args) {
            try (ZipFile archive = new ZipFile(jar)) {
                for (Enumeration<? extends ZipEntry> entries = archive.entries(); entries.hasMoreElements(); ) {
                    String entry = entries.nextElement().getName();
                    if (entry.endsWith(".class") && !entry.startsWith("META-INF/") && !entry.endsWith("-info.class")) {
                        if (link(entry.substring(0, entry.length() - ".class".length())
                                .replace('/', '.'))) {
                            verified++;
                        } else {
                            unlinkable++;
                        }
                    }
                }
            }
        }
        System.out.println("woven " + WOVEN + ", verified " + verified + ", without what they need " + unlinkable);
    }

    /** HotSpot links a class before it tells its constructors. */
    private static boolean link(String name) {
        try {
            return Class.forName(name, false, WovenClasses.class.getClassLoader())
                            .getDeclaredConstructors()
                    != null;
        } catch (VerifyError | ClassFormatError e) {
            System.out.println("wrong: " + name + ": " + e);
            return false;
        } catch (ClassNotFoundException | LinkageError e) { // its own dependencies are not there
            return false;
        }
    }
}
