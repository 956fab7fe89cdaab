package io.plutorun.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks in a real JVM, which retransforms what it has loaded. */
class HooksTest {

    /** A jar with nothing but a manifest: the agent's class is on the class path. */
    private static Path agentJar(Path folder) throws Exception {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", HookedJvm.class.getName());
        attributes.putValue("Can-Retransform-Classes", "true");
        Path jar = folder.resolve("agent.jar");
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
        return jar;
    }

    private static List<String> linesOfHookedJvm(Path folder) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-javaagent:" + agentJar(folder),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HookedJvm.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    @Test
    void hooks_come_into_classes_that_are_loaded_later_and_into_those_that_are_there_which_stay_tracked(
            @TempDir Path folder) throws Exception {
        List<String> lines = linesOfHookedJvm(folder);
        System.out.println(lines.stream()
                .filter(line -> line.startsWith("retransformed"))
                .findFirst()
                .orElse("nothing was retransformed"));

        String whole = "[enter, entered train[1], entered step[1], exited step 2, exited train 20, returned]";
        assertThat(lines.stream().filter(line -> !line.startsWith("retransformed")))
                .containsExactly(
                        "20 before [enter, returned]",
                        "20 registered [enter, returned]",
                        "3 loaded later [entered step[1], exited step 3]",
                        "pluto: calls of " + HookedJvm.Broken.class.getName() + " are not recorded: it was loaded"
                                + " before the agent looked for it, and can't be changed any more"
                                + " (java.lang.ClassFormatError)",
                        "20 retransformed " + whole,
                        "4 broken []",
                        "members added: 0",
                        "20 once more, by another agent " + whole,
                        "true cancelled [entered step[1]]",
                        "the program's loader is gone");
    }
}
