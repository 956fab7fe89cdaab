package io.plutorun.agent.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import org.jspecify.annotations.Nullable;

/**
 * The classes that were there before the agent: all of them when it is attached to a running JVM, and at the JVM's start those that an
 * AOT cache has loaded already.
 *
 * <p>They are woven by retransformation. That takes the JVM about a millisecond a class, whatever comes of it, so the class files are
 * looked at first, as resources of the classes' own loaders.
 */
final class LoadedClasses {

    private static final int BUFFER = 8192;

    private final Instrumentation instrumentation;
    private final TrackedClassFilter filter;

    LoadedClasses(Instrumentation instrumentation, TrackedClassFilter filter) {
        this.instrumentation = instrumentation;
        this.filter = filter;
    }

    /** Weaves those of them that may be tracked. */
    void weave(Class<?>[] loaded) {
        for (Class<?> type : loaded) {
            ClassLoader loader = type.getClassLoader();
            if (loader != null && TrackedClassFilter.mayBeTracked(loader) && mayBeTracked(type, loader)) {
                retransform(type); // one by one: a class that can't be retransformed must not keep the others out
            }
        }
    }

    private boolean mayBeTracked(Class<?> loaded, ClassLoader loader) {
        if (!instrumentation.isModifiableClass(loaded)) {
            return false;
        }
        String name = loaded.getName().replace('.', '/');
        byte[] classFile = classFile(name, loader);
        return classFile == null || filter.concerns(name, classFile, loader);
    }

    /** The class file; null where the loader does not give it, as for a class that the program made itself. */
    private static byte @Nullable [] classFile(String name, ClassLoader loader) {
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            if (in == null) {
                return null;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER);
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes.write(buffer, 0, read);
            }
            return bytes.toByteArray();
        } catch (IOException
                | RuntimeException
                | LinkageError e) { // the loader is the program's, and may do as it likes
            return null;
        }
    }

    private void retransform(Class<?> candidate) {
        try {
            instrumentation.retransformClasses(candidate);
        } catch (UnmodifiableClassException | LinkageError | UnsupportedOperationException e) {
            Stderr.line("could not look at " + candidate.getName() + " (" + e
                    + "); if it is tracked, start the JVM with -javaagent");
        }
    }
}
