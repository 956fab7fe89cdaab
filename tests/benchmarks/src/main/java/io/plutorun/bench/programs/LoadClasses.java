package io.plutorun.bench.programs;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Loads, through one loader, the classes that a file names out of jars; initialises none. */
public final class LoadClasses {

    private LoadClasses() {}

    public static void main(String[] args) throws IOException, ClassNotFoundException {
        List<String> names = Files.readAllLines(Path.of(args[0]));
        URL[] jars = new URL[args.length - 1];
        for (int i = 0; i < jars.length; i++) {
            jars[i] = Path.of(args[i + 1]).toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(jars, null)) {
            for (String name : names) {
                Class.forName(name, false, loader);
            }
        }
    }
}
