package io.plutorun.demo;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** XGBoost's library of machine code, which needs one that a machine may lack: {@code libgomp}. */
final class NativeLibrary {

    /** XGBoost tells at length that its library does not load. A field, since an unreferenced logger loses its settings. */
    private static final Logger XGBOOST = Logger.getLogger("ml.dmlc.xgboost4j");

    private NativeLibrary() {}

    /**
     * Loads it on trial.
     *
     * @param classPath that of a program with XGBoost
     * @return the system's words; null if it loads
     */
    static @Nullable String whyItDoesNotLoad(List<Path> classPath) throws IOException {
        XGBOOST.setLevel(Level.OFF);
        URL[] entries = new URL[classPath.size()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = classPath.get(i).toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(entries, ClassLoader.getPlatformClassLoader())) {
            Class.forName("ml.dmlc.xgboost4j.java.XGBoostJNI", true, loader); // loads it when it is initialised
            return null;
        } catch (ClassNotFoundException | LinkageError e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return String.valueOf(cause.getMessage());
        }
    }
}
