package io.plutorun.agent.host.commands;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Programs of the machine, by the folders that {@code PATH} names. */
public final class Commands {

    private Commands() {}

    /**
     * Where a program is.
     *
     * @param path the folders in which commands lie, as the environment names them; null where it names none
     * @param name its name, without an ending
     * @return null where there is none
     */
    public static @Nullable Path find(@Nullable String path, String name) {
        for (String folder : path == null ? new String[0] : path.split(File.pathSeparator, -1)) {
            for (String file : List.of(name, name + ".exe")) {
                try {
                    Path command = Path.of(folder, file);
                    if (!folder.isEmpty() && Files.isExecutable(command)) {
                        return command;
                    }
                } catch (InvalidPathException e) {
                    // no such folder
                }
            }
        }
        return null;
    }

    /** Makes a process that gets none of the agent's settings, such as the key. */
    public static ProcessBuilder withoutSettings(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PLUTO_"));
        return builder;
    }
}
