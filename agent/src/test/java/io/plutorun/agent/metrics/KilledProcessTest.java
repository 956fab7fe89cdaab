package io.plutorun.agent.metrics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KilledProcessTest {

    private final Path home;

    KilledProcessTest(@TempDir Path home) {
        this.home = home;
    }

    @ParameterizedTest
    @CsvSource({"true,1", "true,2", "true,3", "false,4", "false,5"})
    void what_a_killed_process_said_to_have_logged_is_there_once(boolean mapped, long seed) throws Exception {
        Path folder = home.resolve("run");
        int lines = 20 + new Random(seed).nextInt(400);
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoggingProgram.class.getName(),
                        folder.toString(),
                        Boolean.toString(mapped)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, Long> said = new HashMap<>();
        boolean lossless = true;
        try (BufferedReader output = process.inputReader()) {
            for (int i = 0; i < lines; i++) {
                lossless &= note(requireNonNull(output.readLine()), said);
            }
            process.toHandle().destroyForcibly(); // which leaves what it has said to be read
            for (String line = output.readLine(); line != null && line.endsWith("}"); line = output.readLine()) {
                lossless &= note(line, said);
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).isNotZero();

        Logged logged = Logged.leftBehind(folder);

        assertThat(logged.doubled).isEmpty();
        assertThat(said).hasSize(4);
        said.forEach((name, step) -> {
            TreeSet<Long> steps = new TreeSet<>(logged.of(name).keySet());
            assertThat(steps).contains(step);
        });
        if (lossless) {
            said.forEach(
                    (name, step) -> assertThat(logged.of(name).keySet().stream().filter(there -> there <= step))
                            .hasSize((int) (step + 1)));
        }
    }

    /** Notes the step; false when the program has counted a loss. */
    private static boolean note(String line, Map<String, Long> said) {
        String[] words = line.split(" ", 3);
        said.merge(words[0], Long.valueOf(words[1]), Math::max);
        return words[2].equals("{}");
    }
}
