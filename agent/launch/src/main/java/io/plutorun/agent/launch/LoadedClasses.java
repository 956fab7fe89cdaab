package io.plutorun.agent.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    /** Weaves all that may be tracked; the filter must be a transformer that can retransform. */
    void weaveAll() {
        retransform(candidates(instrumentation.getAllLoadedClasses()));
    }

    /**
     * Weaves those that the application's loader had before the program began. For them alone there is a transformer that can
     * retransform: the filter itself is none at the JVM's start, so that what it weaves is for good, whatever other agents retransform.
     */
    void weaveEarly() {
        ClassLoader system = ClassLoader.getSystemClassLoader();
        List<Class<?>> early = candidates(instrumentation.getInitiatedClasses(system));
        if (!early.isEmpty()) {
            instrumentation.addTransformer(new Again(system, early, filter), true);
            retransform(early);
        }
    }

    private List<Class<?>> candidates(Class<?>[] loaded) {
        List<Class<?>> candidates = new ArrayList<>();
        for (Class<?> type : loaded) {
            ClassLoader loader = type.getClassLoader();
            if (loader != null && TrackedClassFilter.mayBeTracked(loader) && mayBeTracked(type, loader)) {
                candidates.add(type);
            }
        }
        return candidates;
    }

    private boolean mayBeTracked(Class<?> loaded, ClassLoader loader) {
        if (!instrumentation.isModifiableClass(loaded)) {
            return false;
        }
        String name = loaded.getName().replace('.', '/');
        byte[] classFile = classFile(name, loader);
        return classFile == null || filter.concerns(name, classFile);
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

    /** One by one: a class that can't be retransformed must not keep the others out. */
    private void retransform(List<Class<?>> candidates) {
        for (Class<?> candidate : candidates) {
            try {
                instrumentation.retransformClasses(candidate);
            } catch (UnmodifiableClassException | LinkageError | UnsupportedOperationException e) {
                Stderr.line("could not look at " + candidate.getName() + " (" + e
                        + "); if it is tracked, start the JVM with -javaagent");
            }
        }
    }

    /** Passes certain classes of one loader to the filter whenever they are retransformed, by whomever. */
    private static final class Again implements ClassFileTransformer {

        private final ClassLoader loader;
        private final Set<String> names = new HashSet<>();
        private final TrackedClassFilter filter;

        Again(ClassLoader loader, List<Class<?>> classes, TrackedClassFilter filter) {
            this.loader = loader;
            this.filter = filter;
            for (Class<?> type : classes) {
                names.add(type.getName().replace('.', '/'));
            }
        }

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader ofClass,
                @Nullable String className,
                @Nullable Class<?> classBeingRedefined,
                @Nullable ProtectionDomain protectionDomain,
                byte[] classFile)
                throws IllegalClassFormatException {
            return classBeingRedefined != null && ofClass == loader && className != null && names.contains(className)
                    ? filter.transform(ofClass, className, classBeingRedefined, protectionDomain, classFile)
                    : null;
        }
    }
}
