package io.plutorun.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.ThisJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P6: the file of a journal, and the values beside it, stay until both are delivered. */
class ValuesBesideJournalTest {

    private final JournalStore store;
    private final RunJournal journal;
    private final Path values;

    ValuesBesideJournalTest(@TempDir Path directory) throws IOException {
        store = new JournalStore(
                directory, ThisJvm.ENVIRONMENT, new Redactor(Map.of()), null, "1", "host", false, line -> {});
        journal = store.open();
        values = Objects.requireNonNull(journal.beginValues());
        Files.createDirectory(values);
        Files.writeString(values.resolve("values-00000001.seg"), "x");
    }

    private boolean isThere() {
        return Files.exists(Path.of(Objects.requireNonNull(journal.path()))) && Files.exists(values);
    }

    @Test
    void P6_a_delivered_journal_stays_until_its_values_have_arrived() {
        journal.remove();
        assertThat(isThere()).isTrue();

        journal.valuesSettled(true);

        assertThat(Files.exists(values)).isFalse();
        assertThat(Path.of(Objects.requireNonNull(journal.path()))).doesNotExist();
    }

    @Test
    void P6_values_that_were_left_keep_their_journal_although_the_run_is_delivered_afterwards() {
        journal.valuesSettled(false);
        journal.remove();

        assertThat(isThere()).isTrue();
    }

    @Test
    void P6_values_that_were_left_keep_their_journal_although_the_run_was_delivered_before() {
        journal.remove();
        journal.valuesSettled(false);

        assertThat(isThere()).isTrue();
    }

    @Test
    void a_journal_that_has_come_to_its_end_takes_no_values() {
        journal.valuesSettled(true);
        journal.remove();

        assertThat(journal.beginValues()).isNull();
    }
}
