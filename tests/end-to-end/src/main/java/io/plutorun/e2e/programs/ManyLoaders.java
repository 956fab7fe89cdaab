package io.plutorun.e2e.programs;

import io.plutorun.Pluto;
import java.net.URL;
import java.net.URLClassLoader;

/** Runs {@link OneRun} in class loaders that share nothing with the application class path; the arguments are their class path. */
public final class ManyLoaders {

    private ManyLoaders() {}

    public static void main(String[] args) throws ReflectiveOperationException, java.io.IOException {
        URL[] classPath = ChildFirstLoader.urls(args);
        try (URLClassLoader orphan = new URLClassLoader(classPath, null);
                ChildFirstLoader childFirst = new ChildFirstLoader(classPath)) {
            trainIn(orphan);
            trainIn(childFirst);
        }
        new SeenByBoth().train();
    }

    private static void trainIn(ClassLoader loader) throws ReflectiveOperationException {
        Class<?> program = Class.forName(OneRun.class.getName(), true, loader);
        System.out.println(program.getClassLoader() == loader && program != OneRun.class);
        program.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        Class<?> other = Class.forName(SeenByBoth.class.getName(), true, loader);
        other.getMethod("train").invoke(other.getConstructor().newInstance());
    }

    /** Asks the annotations of its own loader, and those of the application class path, for the run. */
    public static final class SeenByBoth {

        public SeenByBoth() {}

        @io.plutorun.PlutoRun
        public void train() throws ReflectiveOperationException {
            Class<?> other = Class.forName(Pluto.class.getName(), true, ClassLoader.getSystemClassLoader());
            Object run = other.getMethod("current").invoke(null);
            Object id = Class.forName("io.plutorun.Run", true, other.getClassLoader())
                    .getMethod("displayId")
                    .invoke(run);
            System.out.println("own copy: " + (other != Pluto.class) + ", own sees the run: "
                    + Pluto.current().isActive() + ", both the same: "
                    + Pluto.current().displayId().equals(id));
        }
    }
}
