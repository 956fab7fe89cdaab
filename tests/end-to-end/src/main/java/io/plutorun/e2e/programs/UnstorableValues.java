package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.math.BigInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tracked calls, each with one thing that the server would not take, or would change. */
public final class UnstorableValues {

    private UnstorableValues() {}

    public static void main(String[] args) {
        with("pluto.run.name", "n".repeat(300), UnstorableValues::call);
        with("pluto.run.name", "n".repeat(254) + "\uD83D\uDE00", UnstorableValues::call);
        with("pluto.run.name", "a\0b", UnstorableValues::call);
        with("pluto.run.name", "a\uD83Db", UnstorableValues::call);
        with("pluto.run.name", "${env.NOWHERE_SET:-}", UnstorableValues::call);
        with("pluto.project", "p".repeat(300), UnstorableValues::call);
        with("pluto.project", "${env.NOWHERE_SET:-}", UnstorableValues::call);
        with("pluto.project", "ab\uD83D\uDE00cd", UnstorableValues::call);
        with("pluto.tags", tags(51), UnstorableValues::call);
        with("pluto.tags", "group:a,b,group:c", UnstorableValues::call);
        with("pluto.tags", "a\0b", UnstorableValues::call);
        with("pluto.config", "{\"a\\u0000b\":\"\\ud83d\"}", UnstorableValues::call);
        with("pluto.config", nested(130), UnstorableValues::call);
        with("pluto.config", nested(120), UnstorableValues::call);
        with("pluto.config", "{\"big\":9007199254740993,\"small\":9007199254740992}", UnstorableValues::call);
        with("pluto.external.id", "a\0b", UnstorableValues::call);
        with("pluto.logger.settings", "{\"trigger\":[1]}", UnstorableValues::call);
        arguments(
                Double.NaN,
                new float[] {1.5f, Float.NEGATIVE_INFINITY},
                Long.MAX_VALUE,
                BigInteger.TEN.pow(30).negate());
    }

    private static void with(String property, String value, Runnable call) {
        System.setProperty(property, value);
        call.run();
        System.clearProperty(property);
    }

    @PlutoRun(project = "mended")
    static void call() {}

    @PlutoRun(project = "mended", captureArguments = true)
    static void arguments(double loss, float[] losses, long seed, BigInteger parameters) {}

    private static String tags(int count) {
        return IntStream.range(0, count).mapToObj(i -> "t" + i).collect(Collectors.joining(","));
    }

    private static String nested(int levels) {
        return "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
    }
}
