package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Defines a tracked class in one class loader after the other and drops them, calls its method now and then with the loader as the
 * thread's context loader, and tells which of the agent's threads has a context loader, or would keep the JVM from ending.
 */
public final class DroppedLoaders {

    private DroppedLoaders() {}

    public static void main(String[] args) throws ReflectiveOperationException, IOException {
        int loaders = Integer.parseInt(args[0]);
        int callEach = Integer.parseInt(args[1]);
        byte[] classFile;
        try (InputStream in = DroppedLoaders.class.getResourceAsStream("DroppedLoaders$Dropped.class")) {
            classFile = Objects.requireNonNull(in).readAllBytes();
        }
        for (int i = 0; i < loaders; i++) {
            Class<?> dropped = new Once().define(classFile);
            if (i % callEach == 0) {
                Thread.currentThread().setContextClassLoader(dropped.getClassLoader());
                dropped.getMethod("train").invoke(null);
            }
        }
        Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
        System.out.println("defined " + loaders);
        new Thread(() -> System.out.println("the last non-daemon thread ends")).start();
    }

    public static void lookAtTheAgentsThreads() {
        int ofTheAgent = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("pluto-")) {
                ofTheAgent++;
                if (thread.getContextClassLoader() != null || !thread.isDaemon()) {
                    System.out.println(thread + " " + thread.getContextClassLoader() + " " + thread.isDaemon());
                }
            }
        }
        System.out.println("the agent's threads: " + (ofTheAgent > 0 ? "some" : "none"));
    }

    private static final class Once extends ClassLoader {

        Once() {
            super(DroppedLoaders.class.getClassLoader());
        }

        Class<?> define(byte[] classFile) {
            return defineClass(null, classFile, 0, classFile.length);
        }
    }

    /** One method that can be tracked, and one that can't. */
    public static final class Dropped {

        private Dropped() {}

        @PlutoRun
        public static void train() {
            lookAtTheAgentsThreads();
        }

        @PlutoRun
        static native void never();
    }
}
