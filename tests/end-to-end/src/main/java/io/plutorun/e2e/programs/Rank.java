package io.plutorun.e2e.programs;

import io.plutorun.Pluto;
import io.plutorun.PlutoRun;
import io.plutorun.Run;
import java.io.IOException;

/** A tracked call that goes on until somebody ends standard input, and then returns, or fails when it is told to. */
public final class Rank {

    private Rank() {}

    public static void main(String[] arguments) throws IOException {
        for (String how : arguments) {
            if (how.equals("test")) {
                test();
            } else {
                train(how);
            }
        }
    }

    @PlutoRun(project = "world", tags = "declared", config = "optimizer=sgd")
    static void train(String how) throws IOException {
        tell("train");
        if (how.equals("at once")) {
            return;
        }
        while (System.in.read() >= 0) {}
        if (how.equals("fail")) {
            throw new IllegalStateException("a rank has failed");
        }
    }

    @PlutoRun(project = "world")
    static void test() {
        tell("test");
    }

    private static void tell(String method) {
        Run run = Pluto.current();
        System.out.println(method + " " + run.displayId().orElse("untracked") + (run.isResumed() ? " resumed" : ""));
    }
}
