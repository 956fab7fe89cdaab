package io.plutorun.e2e.programs;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

/** As application servers and plug-in systems load: what is in its own class path wins over the parent's. */
final class ChildFirstLoader extends URLClassLoader {

    ChildFirstLoader(URL[] classPath) {
        super(classPath, ChildFirstLoader.class.getClassLoader());
    }

    /** A class path of files and folders. */
    static URL[] urls(String... paths) {
        return Arrays.stream(paths).map(ChildFirstLoader::url).toArray(URL[]::new);
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path, e);
        }
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
