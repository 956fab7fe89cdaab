package io.plutorun.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.host.HostName;
import io.plutorun.agent.host.ProcessLife;
import io.plutorun.agent.identity.StateFile.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {

    private static final StateFile.Key KEY = new StateFile.Key("digits", "com.acme.Trainer#train", 0);

    private final Path folder;
    private final AtomicInteger made = new AtomicInteger();

    StateFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Claim claim(StateFile.Key key) {
        return StateFile.claim(folder, key, () -> "id-" + made.incrementAndGet());
    }

    private Claim.Held held(StateFile.Key key) {
        return (Claim.Held) claim(key);
    }

    private Path only() throws IOException {
        try (var files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "TERMINATED"})
    void a_run_that_is_not_completed_is_gone_on_with(RunStatus verdict) {
        Claim.Held first = held(KEY);
        first.file().ended(verdict);
        Claim.Held second = held(KEY);

        assertThat(first.externalId()).isEqualTo("id-1");
        assertThat(first.found()).isFalse();
        assertThat(first.fresh()).isTrue();
        assertThat(second.externalId()).isEqualTo("id-1");
        assertThat(second.found()).isTrue();
        assertThat(second.fresh()).isFalse();
        second.file().ended(RunStatus.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "CANCELLED"})
    void a_run_that_is_over_is_not(RunStatus verdict) {
        held(KEY).file().ended(verdict);
        Claim.Held second = held(KEY);

        assertThat(second.externalId()).isEqualTo("id-2");
        assertThat(second.found()).isFalse();
        assertThat(second.wasUnreadable())
                .as("an empty file is none that is damaged")
                .isFalse();
        assertThat(second.fresh()).as("the folder has outlived a process").isFalse();
        second.file().ended(RunStatus.COMPLETED);
    }

    @Test
    void each_project_each_method_and_each_rank_has_its_own() {
        List<Claim.Held> all = List.of(
                held(KEY),
                held(new StateFile.Key("other", "com.acme.Trainer#train", 0)),
                held(new StateFile.Key("digits", "com.acme.Trainer#test", 0)),
                held(new StateFile.Key("digits", "com.acme.Trainer#train", 1)));

        assertThat(all).extracting(Claim.Held::externalId).doesNotHaveDuplicates();
        all.forEach(claim -> claim.file().ended(RunStatus.COMPLETED));
    }

    @Test
    void P4_of_many_that_want_it_at_once_one_gets_it() throws Exception {
        int threads = 8;
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Callable<Claim> task = () -> {
                together.await();
                return claim(KEY);
            };
            List<Future<Claim>> claims = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                claims.add(pool.submit(task));
            }
            List<Claim> answers = new ArrayList<>();
            for (Future<Claim> claim : claims) {
                answers.add(claim.get());
            }
            // The file is released only after every thread has its answer: a later one could hold it too.
            List<Claim.Held> held = answers.stream()
                    .filter(Claim.Held.class::isInstance)
                    .map(Claim.Held.class::cast)
                    .toList();
            held.forEach(claim -> claim.file().ended(RunStatus.COMPLETED));

            assertThat(held).hasSize(1);
            assertThat(answers).hasOnlyElementsOfTypes(Claim.Held.class, Claim.InUse.class);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void what_a_kill_leaves_at_any_byte_is_the_run_or_none() throws IOException {
        held(KEY).file().ended(RunStatus.FAILED);
        Path file = only();
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            Claim.Held next = held(KEY);
            boolean complete = length >= whole.length - 1; // the line break is no part of it

            assertThat(next.externalId().equals("id-1")).as("%s bytes", length).isEqualTo(complete);
            assertThat(next.wasUnreadable()).isEqualTo(length > 0 && !complete);
            next.file().ended(RunStatus.FAILED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0\0\0\0",
                "[]",
                "{\"state\":2}",
                "{\"state\":1,\"project\":\"digits\",\"method\":\"com.acme.Trainer#train\",\"rank\":0,\"externalId\":\" \"}",
                "{\"state\":1,\"project\":\"other\",\"method\":\"com.acme.Trainer#train\",\"rank\":0,\"externalId\":\"x\"}",
                "{\"state\":1,\"project\":\"digits\",\"method\":\"com.acme.Trainer#train\",\"rank\":0,\"externalId\":7}"
            })
    void a_damaged_file_is_begun_anew_and_says_so(String text) throws IOException {
        held(KEY).file().ended(RunStatus.FAILED);
        Files.writeString(only(), text);

        Claim.Held next = held(KEY);
        assertThat(next.externalId()).isEqualTo("id-2");
        assertThat(next.wasUnreadable()).isTrue();
        next.file().ended(RunStatus.FAILED);
        Claim.Held after = held(KEY);
        assertThat(after.externalId()).isEqualTo("id-2");
        after.file().ended(RunStatus.FAILED);
    }

    @Test
    void a_link_in_its_place_is_not_followed() throws IOException {
        held(KEY).file().ended(RunStatus.FAILED);
        Path file = only();
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "precious");
        Files.delete(file);
        Files.createSymbolicLink(file, elsewhere);

        assertThat(claim(KEY)).isInstanceOf(Claim.Unusable.class);
        assertThat(Files.readString(elsewhere)).isEqualTo("precious");
    }

    @Test
    void without_a_folder_there_is_no_durable_id() {
        assertThat(StateFile.claim(folder.resolve("nowhere"), KEY, () -> "x")).isInstanceOf(Claim.Unusable.class);
    }

    private Claim claimWithoutLocks() {
        return StateFile.claim(folder, KEY, () -> "id-" + made.incrementAndGet(), file -> {
            throw new IOException("No locks available");
        });
    }

    private Path holder() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".holder"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What another process has left that had the run. */
    private void leaveHolder(ProcessLife life, String host) throws IOException {
        Claim.Held held = (Claim.Held) claimWithoutLocks();
        held.file().ended(RunStatus.FAILED);
        new ProcessMark(life, host).create(Path.of(held.file().path() + ".holder"), "holder");
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "COMPLETED"})
    void P4_where_the_file_system_knows_no_locks_a_run_is_gone_on_with_all_the_same(RunStatus verdict)
            throws IOException {
        Claim.Held first = (Claim.Held) claimWithoutLocks();
        first.file().ended(verdict);
        assertThat(only()).as("no litter").isEqualTo(first.file().path());
        Claim.Held second = (Claim.Held) claimWithoutLocks();

        assertThat(second.externalId()).isEqualTo(verdict == RunStatus.COMPLETED ? "id-2" : "id-1");
        second.file().ended(RunStatus.COMPLETED);
    }

    @Test
    void P4_where_the_file_system_knows_no_locks_the_run_of_a_living_process_is_not_taken() throws Exception {
        Process alive = new ProcessBuilder("sleep", "60").start();
        try {
            leaveHolder(new ProcessLife(alive.pid(), alive.info().startInstant().orElseThrow()), HostName.known());
            assertThat(claimWithoutLocks()).isInstanceOf(Claim.InUse.class);
        } finally {
            alive.destroyForcibly().waitFor();
        }
        Claim.Held taken = (Claim.Held) claimWithoutLocks();
        assertThat(taken.externalId()).isEqualTo("id-1");
        taken.file().ended(RunStatus.COMPLETED);
    }

    @Test
    void where_the_file_system_knows_no_locks_a_process_of_another_machine_is_told_with_the_file_to_remove()
            throws IOException {
        leaveHolder(new ProcessLife(1, Instant.EPOCH), "elsewhere");

        Claim.Unusable unusable = (Claim.Unusable) claimWithoutLocks();
        assertThat(unusable.why()).contains(holder().toString(), "elsewhere", "remove that file");
    }

    @Test
    void where_the_file_system_knows_no_locks_a_holder_that_says_nothing_is_left_for_a_minute() throws IOException {
        leaveHolder(new ProcessLife(1, Instant.EPOCH), "elsewhere");
        Path holder = Files.writeString(holder(), "");

        assertThat(claimWithoutLocks()).isInstanceOf(Claim.InUse.class);
        Files.setLastModifiedTime(holder, FileTime.from(Instant.now().minusSeconds(120)));
        Claim.Held taken = (Claim.Held) claimWithoutLocks();
        taken.file().ended(RunStatus.COMPLETED);
    }
}
