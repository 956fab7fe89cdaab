package io.plutorun.agent.launch.program;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** Reads manifests of jars, and of directories that jars were unpacked to. */
final class Manifests {

    private Manifests() {}

    /** The main attributes; null where the file is no jar that can be read, or has no manifest. */
    static @Nullable Attributes of(String path) {
        try {
            File file = new File(path);
            Manifest manifest = file.isDirectory() ? ofDirectory(file) : ofJar(file);
            return manifest == null ? null : manifest.getMainAttributes();
        } catch (IOException | SecurityException e) { // the JVM will say what is wrong with it
            return null;
        }
    }

    private static @Nullable Manifest ofJar(File file) throws IOException {
        try (JarFile jar = new JarFile(file, false)) {
            return jar.getManifest();
        }
    }

    private static Manifest ofDirectory(File directory) throws IOException {
        try (InputStream in = new FileInputStream(new File(directory, JarFile.MANIFEST_NAME))) {
            return new Manifest(in);
        }
    }

    /** An attribute of the first entry of a class path that has it; empty where none does. */
    static String attribute(String classPath, String name) {
        int start = 0;
        while (start <= classPath.length()) {
            int end = classPath.indexOf(File.pathSeparatorChar, start);
            end = end < 0 ? classPath.length() : end;
            String entry = classPath.substring(start, end);
            Attributes attributes = of(entry.isEmpty() ? "." : entry);
            String value = attributes == null ? null : attributes.getValue(name);
            if (value != null && !value.trim().isEmpty()) {
                return value.trim();
            }
            start = end + 1;
        }
        return "";
    }
}
