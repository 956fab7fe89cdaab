package io.plutorun.agent.launch.program;

/**
 * Classes of the machine-learning frameworks that the agent records: where {@code PLUTO_AUTOLOG_START} is set, and in tasks and children of
 * a run, they load the engine.
 */
public final class FrameworkClasses {

    /** How their internal names begin. The engine has the same list, with a name for each framework. */
    private static final String[] PACKAGES = {
        "ai/djl/training/",
        "io/github/metarank/lightgbm4j/",
        "ml/dmlc/xgboost4j/java/",
        "opennlp/tools/",
        "org/apache/spark/ml/",
        "org/deeplearning4j/",
        "org/tribuo/",
    };

    private FrameworkClasses() {}

    /** Whether a class is one of them. */
    public static boolean include(String internalName) {
        for (String packages : PACKAGES) {
            if (internalName.startsWith(packages)) {
                return true;
            }
        }
        return false;
    }
}
