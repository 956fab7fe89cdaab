package io.plutorun.agent.weave;

import io.plutorun.Nesting;
import io.plutorun.PlutoParam;
import io.plutorun.PlutoRun;
import io.plutorun.Resume;
import java.util.function.Function;

/** Declarations to be scanned. */
final class Declarations {

    private Declarations() {}

    @PlutoRun
    static void bare() {}

    @PlutoRun(
            name = "first ${arg.lr}",
            project = "digits",
            tags = {"a", "b"},
            config = {"lr=0.1", "optimizer.name=sgd"},
            externalId = "mine",
            displayId = "MMP-1",
            runId = "42",
            resume = Resume.MUST,
            nesting = Nesting.NEW,
            captureArguments = true,
            recordResult = true)
    static void full() {}

    @PlutoRun(
            name = " ",
            tags = {},
            config = "single=1",
            resume = Resume.ALLOW,
            nesting = Nesting.JOIN,
            captureArguments = false)
    static void written() {}

    @Deprecated
    static void notTracked() {}

    @PlutoRun
    static void parameters(
            @PlutoParam("optimizer.lr") double rate, long steps, @PlutoParam String file, @PlutoParam(" ") int blank) {}

    static final class Instance {
        @PlutoRun
        void parameters(long wide, int narrow) {}
    }

    /** Javac makes a bridge {@code apply(Object)} for it, and copies the annotation there. */
    static final class Bridged implements Function<String, String> {
        @PlutoRun
        @Override
        public String apply(String text) {
            return text;
        }
    }

    abstract static class WithoutBody {
        @PlutoRun
        abstract void train();

        @PlutoRun
        void other() {}
    }

    interface OfInterface {
        @PlutoRun
        void train();

        @PlutoRun
        default void other() {}
    }

    static final class OfAnotherLanguage {
        @PlutoRun
        native void train();

        @PlutoRun
        void other() {}
    }
}
