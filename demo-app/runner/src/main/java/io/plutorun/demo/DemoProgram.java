package io.plutorun.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program that the demo can run.
 *
 * @param name what {@code -Ddemo=} calls it
 * @param main its main class
 * @param module the folder of its module within {@code demo-app}
 * @param variables what its user sets in the environment
 * @param texts what the demo says around it
 * @param curves what the demo draws of each of its runs
 */
record DemoProgram(
        String name, String main, String module, Map<String, String> variables, Texts texts, List<Curve> curves) {

    static final DemoProgram TRIBUO = new DemoProgram(
            "tribuo",
            "com.example.digits.DigitsTraining",
            "",
            Map.of("PLUTO_METRIC_LINES", Texts.LOSS_IN_LOG),
            Texts.TRIBUO,
            List.of(new Curve("loss", "train/loss"), new Curve("accuracy", "validation/accuracy")));

    static final DemoProgram XGBOOST = new DemoProgram(
            "xgboost",
            "com.example.boosting.BoostedDigits",
            "xgboost",
            Map.of(
                    "PLUTO_METHODS", "com.example.boosting.BoostedDigits#train",
                    "PLUTO_PROJECT", "digits",
                    "PLUTO_RUN_NAME", "depth ${arg.depth}",
                    "PLUTO_CAPTURE_ARGUMENTS", "true"),
            Texts.XGBOOST,
            List.of(
                    new Curve("train", "xgboost/train-mlogloss"),
                    new Curve("validation", "xgboost/validation-mlogloss")));

    /**
     * A curve of each run.
     *
     * @param label what the demo calls it
     * @param series the name of its values on the server
     */
    record Curve(String label, String series) {}

    /** The program of a name; empty if there is none. */
    static Optional<DemoProgram> named(String name) {
        return Stream.of(TRIBUO, XGBOOST)
                .filter(program -> program.name.equals(name))
                .findFirst();
    }

    /**
     * What it needs to run: its classes and its libraries.
     *
     * @param demoApp the folder of the module {@code demo-app}
     */
    List<Path> classPath(Path demoApp) throws IOException {
        Path target = demoApp.resolve(module).resolve("target");
        String all =
                target.resolve("classes") + File.pathSeparator + Files.readString(target.resolve("class-path.txt"));
        return Arrays.stream(all.strip().split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
    }

    /** How a user would start it with the agent. Variables that are set already stay: they can be tried with the demo. */
    ProcessBuilder start(Path agent, List<Path> classPath) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String entries = String.join(
                File.pathSeparator, classPath.stream().map(Path::toString).toList());
        ProcessBuilder program = new ProcessBuilder(java, "-javaagent:" + agent, "-cp", entries, main).inheritIO();
        variables.forEach(program.environment()::putIfAbsent);
        return program;
    }
}
