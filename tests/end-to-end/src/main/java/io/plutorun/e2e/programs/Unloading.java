package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** Tracks calls of a class that came with a loader of its own, and tells whether that loader can be collected afterwards. */
public final class Unloading {

    private static final int MOST_ROUNDS = 50;
    private static final long ROUND_MILLIS = 100;

    private Unloading() {}

    public static void main(String[] args) throws Exception {
        ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
        Reference<ClassLoader> loader = train(args, collected);
        Reference<?> found = null;
        for (int round = 0; found == null && round < MOST_ROUNDS; round++) {
            System.gc();
            found = collected.remove(ROUND_MILLIS);
        }
        System.out.println("collected " + (found == loader));
    }

    private static Reference<ClassLoader> train(String[] classPath, ReferenceQueue<ClassLoader> collected)
            throws ReflectiveOperationException, IOException {
        URL[] urls = new URL[classPath.length];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = Path.of(classPath[i]).toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(urls, null)) {
            Class<?> program = Class.forName(Doomed.class.getName(), true, loader);
            program.getMethod("train", Object.class, Enum.class)
                    .invoke(null, program.getConstructor().newInstance(), null);
            try {
                program.getMethod("fail").invoke(null);
            } catch (InvocationTargetException e) {
                System.out.println(e.getCause().getMessage());
            }
            return new PhantomReference<>(loader, collected);
        }
    }

    /** Everything that it gives to the agent is of its own loader. */
    public static final class Doomed {

        @SuppressWarnings("unused") // read by the agent
        private final int field = 1;

        public Doomed() {}

        @PlutoRun(captureArguments = true)
        public static Object train(Object argument, Enum<?> own) {
            return argument;
        }

        @PlutoRun
        public static void fail() {
            throw new OwnException();
        }
    }

    private static final class OwnException extends RuntimeException {
        private static final long serialVersionUID = 1;

        OwnException() {
            super("own");
        }
    }
}
