package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Work;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.nio.file.Path;
import java.util.List;

/**
 * What must hold whatever goes wrong: the program does not notice, one line says what happened, and the run is on disk or on the
 * server, never lost, never doubled.
 */
final class Outage {

    private static final class Plain {
        /** The program without the agent. */
        static final Result RESULT = Program.of(Work.class).withoutAgent().run();
    }

    private Outage() {}

    /** The program, with an environment that names no proxy. */
    static Program program() {
        return withoutProxies(Program.of(Work.class));
    }

    static Program withoutProxies(Program program) {
        for (String name : List.of("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy")) {
            program.env(name, "");
        }
        return program;
    }

    /** The same stdout, exit code and stderr as without the agent. */
    static void assertUnnoticed(Result result) {
        assertThat(result.stdout()).isEqualTo(Plain.RESULT.stdout());
        assertThat(result.exitCode()).isEqualTo(Plain.RESULT.exitCode());
        assertThat(result.otherLines()).isEqualTo(Plain.RESULT.otherLines());
    }

    /** One line says what happened, and, where the agent went on trying to the end, another where the run lies. */
    static void assertTold(Result result, Path directory, String... words) {
        List<String> lines = result.agentLines();
        assertThat(lines).hasSizeBetween(1, 2);
        assertThat(lines.get(0)).contains(words);
        boolean tries = lines.get(0).endsWith("; the agent goes on trying");
        assertThat(lines.subList(1, lines.size()))
                .hasSize(tries ? 1 : 0)
                .allSatisfy(line -> assertThat(line)
                        .contains("1 run could not be delivered", directory + "/.pluto/jvm", "pluto-agent.jar sync"));
        if (!tries) {
            assertThat(lines.get(0)).contains(directory + "/.pluto/jvm/", "pluto-agent.jar sync");
        }
    }

    /** Nothing but that the run began and how it ended. */
    static void assertCompletedOnline(Result result, FakePluto pluto) {
        assertThat(result.agentLines()).hasSize(2);
        assertThat(result.agentLines().get(0)).startsWith("pluto: run WOR-1 started: ");
        assertThat(result.agentLines().get(1)).startsWith("pluto: run WOR-1 COMPLETED");
        assertOneCompletedRun(pluto);
    }

    /** What is on disk, delivered to the server, is one run, and then nothing is left. */
    static void assertDeliveredOnce(FakePluto pluto, Path directory) {
        Result sync = sync(pluto, directory);
        assertThat(sync.stdout()).contains("1 delivered, 0 left");
        assertThat(sync.exitCode()).isZero();
        assertOneCompletedRun(pluto);
        assertThat(directory.resolve(".pluto/jvm")).isEmptyDirectory();
    }

    static Result sync(FakePluto pluto, Path... directories) {
        return syncProgram(pluto, directories).run();
    }

    /** The agent as the command that delivers what lies in these directories. */
    static Program syncProgram(FakePluto pluto, Path... directories) {
        String[] words = new String[directories.length + 3];
        words[0] = "-jar";
        words[1] = Program.agentJar().toString();
        words[2] = "sync";
        for (int i = 0; i < directories.length; i++) {
            words[i + 3] = directories[i].toString();
        }
        return withoutProxies(Program.command(words)).withoutAgent().against(pluto);
    }

    static void assertOneCompletedRun(FakePluto pluto) {
        assertThat(pluto.runs()).singleElement().extracting(FakeRun::status).isEqualTo(RunStatus.COMPLETED);
    }
}
