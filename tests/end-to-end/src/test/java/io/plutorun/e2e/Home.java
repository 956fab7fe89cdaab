package io.plutorun.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The home folder of one program, so that no test reads or changes the home of the person who runs it, and none depends on what lies there.
 *
 * <p>On Linux the JVM takes {@code user.home} from the user database and not from {@code HOME}, so a JVM needs an option too. The folders
 * of {@code java.util.prefs} are there beforehand: the JVM that makes them prints a line that tells the time.
 */
final class Home {

    private static final Set<String> OF_A_JDK = Set.of("java", "javac", "jar", "jlink", "jshell", "keytool");

    private final Path folder = Directories.fresh();

    Home() {
        try {
            Files.createDirectories(folder.resolve(".java/.userPrefs"));
            Files.createDirectories(folder.resolve(".systemPrefs"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Variables for the program. Those that begin with {@code XDG_} must be taken away, so that their defaults lie in the home. */
    Map<String, String> variables() {
        return Map.of("HOME", folder.toString(), "MAVEN_OPTS", String.join(" ", options()));
    }

    /** Options for a JVM. */
    List<String> options() {
        return List.of(
                "-Duser.home=" + folder,
                "-Djava.util.prefs.userRoot=" + folder,
                "-Djava.util.prefs.systemRoot=" + folder);
    }

    /** A command line with these options behind its first word that is a launcher or a tool of a JDK, if it has such a word. */
    List<String> in(List<String> command) {
        for (int i = 0; i < command.size(); i++) {
            Path program = Path.of(command.get(i));
            if (isOfAJdk(program)) {
                List<String> all = new ArrayList<>(command);
                all.addAll(i + 1, optionsFor(program.getFileName().toString()));
                return all;
            }
        }
        return command;
    }

    private static boolean isOfAJdk(Path program) {
        return program.isAbsolute()
                && program.getNameCount() > 1
                && OF_A_JDK.contains(program.getFileName().toString());
    }

    private List<String> optionsFor(String program) {
        return switch (program) {
            case "java" -> options();
            case "jshell" -> Stream.concat(behind("-J"), behind("-R")).toList(); // it starts a second JVM
            default -> behind("-J").toList();
        };
    }

    private Stream<String> behind(String prefix) {
        return options().stream().map(prefix::concat);
    }
}
