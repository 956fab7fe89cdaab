package io.plutorun.e2e.programs;

import java.io.IOException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Initialises every class of the jars that its arguments name; tells how many there are, and which can't be initialised. */
public final class EveryClass {

    private EveryClass() {}

    public static void main(String[] args) throws IOException {
        int initialised = 0;
        for (String jar : args) {
            for (String name : classes(jar)) {
                try {
                    Class.forName(name, true, EveryClass.class.getClassLoader());
                    initialised++;
                } catch (ClassNotFoundException | LinkageError e) { // what it needs is not there
                    System.out.println(name + ": " + e.getClass().getName());
                }
            }
        }
        System.out.println("initialised " + initialised);
    }

    private static List<String> classes(String jar) throws IOException {
        try (ZipFile archive = new ZipFile(jar)) {
            return archive.stream()
                    .<String>map(ZipEntry::getName)
                    .filter(name ->
                            name.endsWith(".class") && !name.startsWith("META-INF/") && !name.contains("-info."))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .filter(name ->
                            !name.startsWith("io.plutorun.")) // classes of the annotations that look for the agent
                    .sorted()
                    .toList();
        }
    }
}
