package io.plutorun.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.host.ProcessLife;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdClaimsTest {

    private static final String HOST = "node-1";

    private final Path folder;
    private final IdClaims claims;

    IdClaimsTest(@TempDir Path folder) {
        this.folder = folder;
        this.claims = new IdClaims(() -> folder, () -> HOST);
    }

    /** Of a process that is dead: whoever reads it removes it. */
    private Path markOfADeadProcess(int number) throws IOException {
        Path mark = folder.resolve(String.format("%016x-1.spent", number));
        new ClaimedIdFiles(folder, HOST).write(mark, new ProcessLife(1, Instant.EPOCH));
        return mark;
    }

    @Test
    void each_id_is_taken_once() {
        assertThat(claims.take("trial-1")).isEmpty();
        assertThat(claims.take("trial-2")).isEmpty();
        assertThat(claims.take("trial-1")).hasValue(IdClaims.THIS_PROCESS);
    }

    @Test
    void the_marks_of_dead_processes_are_looked_for_once_in_a_process_and_no_later_call_reads_any_other_mark()
            throws IOException {
        Path before = markOfADeadProcess(1);
        assertThat(claims.take("trial-0")).isEmpty();
        assertThat(before).as("the first call looks at all").doesNotExist();

        Path since = markOfADeadProcess(2);
        for (int i = 1; i <= 100; i++) {
            assertThat(claims.take("trial-" + i)).isEmpty();
        }

        assertThat(since).as("a look at it would have removed it").exists();
        try (Stream<Path> marks = Files.list(folder)) {
            assertThat(marks).hasSize(102);
        }
    }
}
