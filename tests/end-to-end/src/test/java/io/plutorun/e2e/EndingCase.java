package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program that ends in one of the ways of the table, and what must be true then.
 *
 * <pre>{@code
 * EndingCase.of(Ending.EXIT_OTHER, Exits.class, "exit", "3").exits(3).endsAs(RunStatus.FAILED).evidence("exit_code", 3)
 * }</pre>
 */
final class EndingCase {

    /** What happens when the program is gone. */
    interface Aftermath {
        void act(FakePluto pluto, Path directory) throws IOException;
    }

    private final Ending ending;
    private final Class<?> program;
    private final List<String> arguments;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> jvmOptions = new ArrayList<>();
    private final Map<String, Consumer<Object>> evidence = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private final List<String> possibleLines = new ArrayList<>();
    private Path agent = Program.agentJar();
    private String note = "";
    private Intervention intervention = Intervention.nothing();
    private Aftermath aftermath = (pluto, directory) -> {};
    private int exitCode;
    private RunStatus status = RunStatus.RUNNING;
    private int runs = 1;
    private boolean sameAsWithoutAgent = true;
    private boolean eitherExitCode;
    private int newestFeature = Integer.MAX_VALUE;

    private EndingCase(Ending ending, Class<?> program, List<String> arguments) {
        this.ending = ending;
        this.program = program;
        this.arguments = arguments;
        environment.put("PLUTO_HEARTBEAT_INTERVAL", "1s");
        environment.put("PLUTO_START_TIMEOUT", "60s"); // enough on a busy machine too
        environment.put("PLUTO_SHUTDOWN_TIMEOUT", "60s");
    }

    static EndingCase of(Ending ending, Class<?> program, String... arguments) {
        return new EndingCase(ending, program, List.of(arguments)).line("pluto: run END-1 started: .*");
    }

    /** The status, and by it the agent's last line. */
    EndingCase endsAs(RunStatus status) {
        this.status = status;
        return line(verdictLine(status));
    }

    /** The server, or a later process, has the last word; the program says nothing of it. */
    EndingCase isLeftTo(RunStatus status, Aftermath aftermath) {
        this.status = status;
        this.aftermath = aftermath;
        return this;
    }

    /** As {@link #endsAs}, where the JVM gives the agent so little time that on a busy machine sync may have to do it. */
    EndingCase endsInTimeOrBySync(RunStatus status) {
        return possibleLine(verdictLine(status)).isLeftTo(status, (pluto, directory) -> {
            if (pluto.run(1).status() == RunStatus.RUNNING) {
                Outage.sync(pluto, directory);
            }
        });
    }

    static String verdictLine(RunStatus status) {
        return "pluto: run END-1 " + status + " after .*";
    }

    EndingCase untracked() {
        runs = 0;
        lines.clear();
        return this;
    }

    EndingCase runs(int runs) {
        this.runs = runs;
        return this;
    }

    EndingCase exits(int code) {
        this.exitCode = code;
        return this;
    }

    /** With the code above or the one behind it, by chance, so that two programs need not end alike. */
    EndingCase exitsWithEither(int code) {
        this.eitherExitCode = true;
        return exits(code);
    }

    EndingCase evidence(String key, Object value) {
        return evidence(key, found -> assertThat(found).hasToString(String.valueOf(value)));
    }

    EndingCase evidence(String key, Consumer<Object> check) {
        evidence.put(key, check);
        return this;
    }

    EndingCase evidenceContains(String key, String... words) {
        return evidence(key, found -> assertThat(found).asString().contains(words));
    }

    /** A line of the agent's, as a regular expression. */
    EndingCase line(String pattern) {
        lines.add(pattern);
        return this;
    }

    /** A line that the agent may have no time for. */
    EndingCase possibleLine(String pattern) {
        possibleLines.add(pattern);
        return this;
    }

    /** The agent's lines are these instead. */
    EndingCase lines(String... patterns) {
        lines.clear();
        lines.addAll(List.of(patterns));
        return this;
    }

    EndingCase env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    EndingCase jvmOption(String option) {
        jvmOptions.add(option);
        return this;
    }

    /** With another copy of the agent's jar. */
    EndingCase agent(Path jar) {
        this.agent = jar;
        return this;
    }

    EndingCase intervention(Intervention intervention) {
        this.intervention = intervention;
        return this;
    }

    EndingCase note(String note) {
        this.note = ", " + note;
        return this;
    }

    /** What the agent does here is meant to be noticed. */
    EndingCase differsFromWithoutAgent() {
        sameAsWithoutAgent = false;
        return this;
    }

    /** The JDKs after that one can't run it. */
    EndingCase upToJdk(int feature) {
        newestFeature = feature;
        return this;
    }

    boolean runsOn(Jdk jdk) {
        return jdk.feature() <= newestFeature;
    }

    Ending ending() {
        return ending;
    }

    /** Runs the program, with the agent and without, and holds what came of it against the table. */
    void hold(Jdk jdk) throws IOException, InterruptedException {
        try (FakePluto pluto = FakePluto.start()) {
            Path directory = Directories.fresh();
            Result result = run(prepared(jdk).directory(directory).against(pluto), directory, pluto);
            aftermath.act(pluto, directory);

            assertUnnoticed(result, jdk);
            assertThat(pluto.runs()).as(result.toString()).hasSize(runs);
            for (FakeRun run : pluto.runs()) {
                assertEnded(run, result);
            }
            assertTold(result.agentLines());
        }
    }

    private void assertTold(List<String> told) {
        assertThat(told)
                .as("the agent's lines")
                .hasSizeBetween(lines.size(), lines.size() + possibleLines.size())
                .allMatch(line ->
                        Stream.concat(lines.stream(), possibleLines.stream()).anyMatch(line::matches));
        for (String pattern : lines) {
            assertThat(told).as("the agent's lines").anyMatch(line -> line.matches(pattern));
        }
    }

    private void assertUnnoticed(Result result, Jdk jdk) throws IOException, InterruptedException {
        if (eitherExitCode) {
            assertThat(result.exitCode()).as(result.toString()).isBetween(exitCode, exitCode + 1);
            return;
        }
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
        if (sameAsWithoutAgent) {
            Path directory = Directories.fresh();
            Result plain = run(prepared(jdk).directory(directory).withoutAgent(), directory, null);
            assertThat(result.exitCode()).isEqualTo(plain.exitCode());
            assertThat(result.stdout()).isEqualTo(plain.stdout());
            assertThat(result.otherLines()).isEqualTo(plain.otherLines());
        }
    }

    private void assertEnded(FakeRun run, Result result) {
        String all = run.statusMetadata() + " after " + run.events() + "\n" + result;
        assertThat(run.status()).as(all).isEqualTo(status);
        evidence.forEach((key, check) -> {
            assertThat(run.statusMetadata()).as(all).containsKey(key);
            check.accept(String.valueOf(run.statusMetadata().get(key)));
        });
        if (eitherExitCode) {
            assertThat(run.statusMetadata().get("exit_code")).as(all).hasToString(String.valueOf(result.exitCode()));
        }
        assertThat(run.events().stream().filter(event -> event.to().isTerminal()))
                .as("one verdict: " + all)
                .hasSizeLessThanOrEqualTo(1);
    }

    private Program prepared(Jdk jdk) {
        Program prepared = Program.of(program, arguments.toArray(String[]::new))
                .on(jdk)
                .agent(agent)
                .startedBy("env", "--default-signal") // who builds may ignore some, and a child inherits that
                .jvmOption(jvmOptions.toArray(String[]::new));
        environment.forEach(prepared::env);
        return prepared;
    }

    private Result run(Program prepared, Path directory, @Nullable FakePluto pluto)
            throws IOException, InterruptedException {
        Running running = prepared.start();
        try {
            intervention.act(running, directory, pluto);
        } catch (AssertionError notAsExpected) {
            running.kill();
            throw new AssertionError(notAsExpected.getMessage() + "\n" + running.await(), notAsExpected);
        }
        return running.await();
    }

    @Override
    public String toString() {
        return ending + ": " + String.join(" ", arguments) + note;
    }
}
