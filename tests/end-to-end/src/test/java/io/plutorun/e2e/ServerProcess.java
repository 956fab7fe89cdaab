package io.plutorun.e2e;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A server in a process of its own, so that it can be suspended as a whole: the system goes on accepting its connections. */
final class ServerProcess implements AutoCloseable {

    private static final String READY = "ready";

    private final Running process;

    private ServerProcess(Running process) {
        this.process = process;
    }

    static ServerProcess start() {
        List<String> command = List.of(
                Jdk.current().java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ServerProcess.class.getName());
        Running process = Running.start(command, Map.of(), new File(".").toPath());
        process.awaitThat(() -> process.stdout().contains(READY), "the server is not ready");
        return new ServerProcess(process);
    }

    /** Gives a program what a client needs in its environment to come here. */
    Program given(Program program) {
        process.stdout()
                .lines()
                .filter(line -> line.startsWith("PLUTO_"))
                .map(line -> line.split("=", 2))
                .forEach(pair -> program.env(pair[0], pair[1]));
        return program;
    }

    void suspend() throws IOException, InterruptedException {
        process.signal("STOP");
        Suspended.await(process);
    }

    void goOn() throws IOException, InterruptedException {
        process.signal("CONT");
    }

    /** Ends it; the runs that it has, each as its display id and its states in order. */
    List<String> end() {
        process.endInput();
        return process.await()
                .stdout()
                .lines()
                .filter(line -> line.startsWith("run "))
                .toList();
    }

    /** Whatever became of the test. */
    @Override
    public void close() {
        process.kill();
    }

    public static void main(String[] args) throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.environment().forEach((name, value) -> System.out.println(name + "=" + value));
            System.out.println(READY);
            while (System.in.read() >= 0) {
                // it serves until the end of its input
            }
            pluto.runs().forEach(run -> System.out.println(told(run)));
        }
    }

    private static String told(FakeRun run) {
        return "run " + run.displayId() + " "
                + run.events().stream().map(event -> event.to().name()).toList();
    }
}
