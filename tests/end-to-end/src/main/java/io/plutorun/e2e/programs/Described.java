package io.plutorun.e2e.programs;

import io.plutorun.PlutoParam;
import io.plutorun.PlutoRun;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A tracked call that says all that can be said about a run. */
public final class Described {

    private Described() {}

    public static void main(String[] args) {
        train(0.1, 3, "MNIST", TimeUnit.DAYS, new int[] {64, 32}, List.of("a", "b"), 'x', true, null, new Thread());
    }

    @PlutoRun(
            project = "golden project",
            name = "${class}.${method} lr=${arg.lr} on ${arg.2}",
            tags = {"baseline", "group:nightly", "${sys.golden.tag}", "baseline", "${env.GOLDEN_TAG:-fallback}"},
            config = {
                "optimizer.name=sgd",
                "optimizer.momentum=0.9",
                "flag=true",
                "nothing=null",
                "count=7",
                "quoted=\"7\"",
                "text=a b, c=d",
                "list=[1]"
            },
            captureArguments = true)
    static void train(
            @PlutoParam("lr") double learningRate,
            int epochs,
            String dataSet,
            TimeUnit unit,
            int[] layers,
            List<String> classes,
            char mark,
            boolean shuffled,
            String seed,
            Thread other) {}
}
