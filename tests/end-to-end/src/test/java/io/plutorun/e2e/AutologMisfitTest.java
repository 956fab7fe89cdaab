package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A framework of a version that nobody has seen: one line, and the training is not affected. */
class AutologMisfitTest {

    private static Path compiled(String evalSet, String body) {
        return new Sources()
                .file(
                        "ml/dmlc/xgboost4j/java/Booster.java",
                        "package ml.dmlc.xgboost4j.java; public class Booster { " + evalSet
                                + " public void update(int round) { System.out.println(\"round \" + round); } }")
                .file(
                        "ml/dmlc/xgboost4j/java/XGBoost.java",
                        "package ml.dmlc.xgboost4j.java; public class XGBoost {"
                                + " public static Booster trainAndSaveCheckpoint(String parameters, int rounds) {"
                                + " Booster booster = new Booster(); for (int i = 0; i < rounds; i++) { booster.update(i); "
                                + body + " } return booster; } }")
                .file(
                        "Main.java",
                        "public class Main { public static void main(String[] a) {"
                                + " ml.dmlc.xgboost4j.java.XGBoost.trainAndSaveCheckpoint(\"eta\", 3);"
                                + " System.out.println(\"done\"); } }")
                .compile();
    }

    private static void assertOneLine(Path classes) {
        FrameworkTraining.assertMisfitIsOneLine(classes, "xgboost", "round 0\nround 1\nround 2\ndone\n");
    }

    @Test
    void methods_that_are_not_there_are_one_line() {
        assertOneLine(compiled("", ""));
    }

    @Test
    void methods_that_take_and_give_something_else_are_one_line() {
        assertOneLine(compiled(
                "public Object evalSet(DMatrix[] sets, String[] names, int round) { return this; }"
                        .replace("DMatrix", "Booster"),
                "booster.evalSet(null, null, i);"));
    }

    @Test
    void a_name_that_is_no_framework_is_told() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of("Main")
                    .classPath(compiled("", ""))
                    .against(pluto)
                    .env("PLUTO_METHODS", "Main#main")
                    .env("PLUTO_AUTOLOG", "xgbost")
                    .run();

            assertThat(result.agentLines())
                    .anyMatch(line -> line.contains("PLUTO_AUTOLOG: \"xgbost\" is no framework that is recorded")
                            && line.contains("xgboost"));
        }
    }
}
