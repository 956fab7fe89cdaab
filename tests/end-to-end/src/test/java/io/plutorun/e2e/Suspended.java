package io.plutorun.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a process is suspended, as by SIGSTOP: a moment passes between the signal and the stop of its last thread. */
final class Suspended {

    private Suspended() {}

    static void await(Running process) {
        process.awaitThat(() -> is(process.pid()), "it is not suspended");
    }

    private static boolean is(long pid) {
        try (var threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return threads.allMatch(thread -> state(thread) == 'T');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static char state(Path thread) {
        try {
            String status = Files.readString(thread.resolve("stat"));
            return status.charAt(status.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return 'X'; // it has ended since
        }
    }
}
