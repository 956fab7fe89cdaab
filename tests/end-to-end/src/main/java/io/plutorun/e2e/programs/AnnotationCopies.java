package io.plutorun.e2e.programs;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import java.io.IOException;
import java.net.URL;

/**
 * Asks copies of the annotations for the run: some that were used or loaded before the first tracked class, and one that was not. The
 * arguments are the copies' class path.
 */
public final class AnnotationCopies {

    private AnnotationCopies() {}

    public static void main(String[] args) throws ReflectiveOperationException, IOException {
        URL[] classPath = ChildFirstLoader.urls(args);
        ClassLoader own = AnnotationCopies.class.getClassLoader();
        try (ChildFirstLoader used = new ChildFirstLoader(classPath);
                ChildFirstLoader loaded = new ChildFirstLoader(classPath);
                ChildFirstLoader later = new ChildFirstLoader(classPath)) {
            System.out.println("before: " + runSeenBy(own) + " " + runSeenBy(used));
            Class.forName("io.plutorun.AgentDoor", false, loaded);
            Tracked.train(own, used, loaded, later);
            System.out.println("after: " + runSeenBy(own) + " " + runSeenBy(used) + " " + runSeenBy(later));
        }
    }

    /** Has the loader's copy log a value, and gives the run that it sees. */
    private static String runSeenBy(ClassLoader loader) throws ReflectiveOperationException {
        Class<?> pluto = Class.forName(Pluto.class.getName(), true, loader);
        pluto.getMethod("log", String.class, double.class).invoke(null, "loss", 0.5);
        return String.valueOf(pluto.getMethod("current").invoke(null));
    }

    /** Loaded when it is used. */
    private static final class Tracked {

        @PlutoRun(project = "copies")
        static void train(ClassLoader... loaders) throws ReflectiveOperationException {
            for (ClassLoader loader : loaders) {
                System.out.println(runSeenBy(loader));
            }
        }
    }
}
