package logging;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Starts a program in a loader that asks its parent last, which has other copies of the same classes. */
public final class ChildFirst extends URLClassLoader {

    private ChildFirst(URL[] classPath) {
        super(classPath, ChildFirst.class.getClassLoader());
    }

    public static void main(String[] args) throws Exception {
        URL[] classPath = Stream.of(args[1].split(":")).map(ChildFirst::url).toArray(URL[]::new);
        ChildFirst loader = new ChildFirst(classPath);
        Thread.currentThread().setContextClassLoader(loader);
        loader.loadClass(args[0]).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null && !name.startsWith("java.")) {
                try {
                    loaded = findClass(name);
                } catch (ClassNotFoundException e) {
                    // the parent's
                }
            }
            return loaded == null ? super.loadClass(name, resolve) : loaded;
        }
    }
}
