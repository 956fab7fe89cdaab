package io.plutorun.agent.autolog;

import java.net.URL;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/** The version of a framework, from the manifest or the name of the jar that its classes are in. */
final class FrameworkVersion {

    private FrameworkVersion() {}

    /** Of a class that is loaded; null where it can't be seen. */
    static @Nullable String of(Class<?> type) {
        String inName = ofJar(type);
        Package itsPackage = type.getPackage();
        return inName != null || itsPackage == null ? inName : itsPackage.getImplementationVersion();
    }

    private static @Nullable String ofJar(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        return location == null ? null : inJarName(location.toString());
    }

    /** Of a class that is being loaded; null where it can't be seen. */
    static @Nullable String of(String className, @Nullable ClassLoader loader) {
        try {
            URL file = loader == null ? null : loader.getResource(className.replace('.', '/') + ".class");
            return file == null ? null : inJarName(file.toString());
        } catch (RuntimeException | LinkageError e) { // the loader is the program's
            return null;
        }
    }

    /** What stands between the last hyphen that a digit follows and the end of the last jar's name: {@code 3.0.4} of {@code x_2.12-3.0.4.jar}. */
    static @Nullable String inJarName(String location) {
        int end = location.lastIndexOf(".jar");
        int start = end < 0 ? -1 : location.lastIndexOf('/', end);
        if (start < 0) {
            return null;
        }
        String name = location.substring(start + 1, end);
        for (int i = 1; i < name.length(); i++) {
            if (name.charAt(i - 1) == '-' && Character.isDigit(name.charAt(i))) {
                return name.substring(i);
            }
        }
        return null;
    }
}
