package io.plutorun.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** P6: a journal that another thread merely reads, to learn of its run, is delivered all the same. */
class OpenJournalsTest {

    private static final Path KEY = Path.of("/nowhere/open-journals-test.jsonl");

    @Test
    void P6_who_opens_a_journal_waits_until_it_is_read() throws Exception {
        assertThat(OpenJournals.beginReading(KEY)).isTrue();
        CompletableFuture<Boolean> entered = new CompletableFuture<>();
        Thread opening = new Thread(() -> entered.complete(OpenJournals.enter(KEY)));
        opening.start();
        while (opening.getState() != Thread.State.WAITING) {
            assertThat(entered).isNotDone();
            Thread.onSpinWait();
        }

        OpenJournals.endReading(KEY);

        assertThat(entered.get(20, TimeUnit.SECONDS)).isTrue();
        OpenJournals.leave(KEY);
    }

    @Test
    void several_threads_read_a_journal_at_once() {
        assertThat(OpenJournals.beginReading(KEY)).isTrue();
        assertThat(OpenJournals.beginReading(KEY)).isTrue();
        OpenJournals.endReading(KEY);
        OpenJournals.endReading(KEY);

        assertThat(OpenJournals.enter(KEY)).isTrue();
        OpenJournals.leave(KEY);
    }

    @Test
    void a_journal_that_is_open_is_neither_opened_nor_read() {
        assertThat(OpenJournals.enter(KEY)).isTrue();

        assertThat(OpenJournals.enter(KEY)).isFalse();
        assertThat(OpenJournals.beginReading(KEY)).isFalse();
        OpenJournals.leave(KEY);
    }
}
