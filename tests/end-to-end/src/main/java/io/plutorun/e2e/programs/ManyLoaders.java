package io.plutorun.e2e.programs;

import io.plutorun.Pluto;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs {@link OneRun} in class loaders that share nothing with the application class path; the arguments are their class path. */
public final class ManyLoaders {

    private ManyLoaders() {}

    public static void main(String[] args) throws ReflectiveOperationException, java.io.IOException {
        URL[] classPath = Arrays.stream(args).map(ManyLoaders::url).toArray(URL[]::new);
        try (URLClassLoader orphan = new URLClassLoader(classPath, null);
                URLClassLoader childFirst = new ChildFirst(classPath)) {
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

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    /** As application servers and plug-in systems load: what is in its own class path wins over the parent's. */
    private static final class ChildFirst extends URLClassLoader {

        ChildFirst(URL[] classPath) {
            super(classPath, ManyLoaders.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.plutorun.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
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
