package io.plutorun.demo;

/**
 * What the demo says around a program.
 *
 * @param intro before it
 * @param runs above the table of its runs
 * @param curves above their curves
 * @param source where it is to be read
 * @param command how the demo is started with it
 * @param otherCommand how it is started with the other one
 * @param other what the other one shows
 */
record Texts(
        String intro, String runs, String curves, String source, String command, String otherCommand, String other) {

    /** The loss stands in Tribuo's own log: "At iteration 50, average loss = 0.41 with 16 examples per batch". */
    static final String LOSS_IN_LOG = """
            [{"line": "At iteration (\\\\d+), average loss = (\\\\S+)", "step": 1, "values": {"train/loss": 2}}]""";

    private static final String TRIBUO_COMMAND = "mvn -q -Pdemo";
    private static final String XGBOOST_COMMAND = "mvn -q -Pdemo -Ddemo=xgboost";

    static final Texts TRIBUO = new Texts(
            "The demo trains six models on handwritten digits. Lines that begin with \"pluto:\" are the agent's.",
            "The server now has these runs. The best one was resumed for the final evaluation:",
            """
            Their loss, which PLUTO_METRIC_LINES reads from Tribuo's own log (a log-likelihood, so 0 is best), and
            the accuracy that the program logs:
            """,
            "demo-app/src/main/java/com/example/digits/DigitsTraining.java",
            TRIBUO_COMMAND,
            XGBOOST_COMMAND,
            "XGBoost, in a program without a line of tracking; downloads 20 MB");

    static final Texts XGBOOST = new Texts(
            "The demo trains boosted trees of three depths on handwritten digits, with XGBoost. The program has no line of"
                    + " tracking:\nPLUTO_METHODS names the method that trains. Lines that begin with \"pluto:\" are the agent's.",
            "The server now has these runs:",
            """
            What XGBoost computed in each round: mlogloss of the images that the trees are made for, and of images that
            they have not seen:
            """,
            "demo-app/xgboost/src/main/java/com/example/boosting/BoostedDigits.java",
            XGBOOST_COMMAND,
            TRIBUO_COMMAND,
            "Tribuo, with annotations, and values that the program logs");

    /** What to do next, without an account so far. */
    String next() {
        return """

            What to do next
              1. Look at the program:   %s
              2. See it on Pluto:       make a key at https://pluto.trainy.ai/api-keys, then
                                        PLUTO_API_KEY=... %s
              3. Track your training:   java -javaagent:agent/target/pluto-agent.jar -jar training.jar
                                        README.md, "Your first run", shows how
              4. Run the other demo:    %s
                                        %s""".formatted(source, command, otherCommand, other);
    }
}
