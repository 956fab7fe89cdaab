package io.plutorun.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.host.ProcessLife;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimedIdFilesTest {

    private static final ProcessLife SELF = ProcessLife.own().orElseThrow();

    private final Path folder;
    private final ClaimedIdFiles ids;

    ClaimedIdFilesTest(@TempDir Path folder) {
        this.folder = folder;
        this.ids = new ClaimedIdFiles(folder, "node-1");
    }

    private List<Path> marks() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void a_child_of_the_process_that_took_the_id_sees_that() {
        ids.claim("nightly");

        assertThat(ids.claimedByOneOf("nightly", List.of(SELF))).hasValue(SELF.pid());
        assertThat(ids.claimedByOneOf("another", List.of(SELF))).isEmpty();
    }

    @Test
    void a_process_that_does_not_descend_from_it_sees_nothing() throws IOException {
        ids.claim("nightly");

        assertThat(ids.claimedByOneOf("nightly", List.of())).isEmpty();
        assertThat(ids.claimedByOneOf("nightly", List.of(new ProcessLife(SELF.pid() + 1, SELF.began()))))
                .isEmpty();
        assertThat(ids.claimedByAncestor("nightly"))
                .as("nobody is its own ancestor")
                .isEmpty();
        assertThat(marks()).as("the claimer is alive").hasSize(1);
    }

    @Test
    void an_ancestor_that_has_the_number_of_a_dead_spender_is_another_process_and_the_mark_goes() throws IOException {
        Instant longAgo = SELF.began().minusSeconds(3600);
        ids.claim("nightly");
        Path mark = marks().get(0);
        ids.write(mark, new ProcessLife(SELF.pid(), longAgo));

        assertThat(ids.claimedByOneOf("nightly", List.of(SELF))).isEmpty();
        assertThat(marks()).isEmpty();
    }

    @Test
    void marks_of_dead_processes_are_removed_and_those_of_living_ones_and_other_hosts_stay() throws IOException {
        ids.claim("nightly");
        new ClaimedIdFiles(folder, "node-2").claim("other");
        Path dead = folder.resolve("0123456789abcdef-1.spent");
        ids.write(dead, new ProcessLife(1, SELF.began().minusSeconds(3600)));

        ids.removeThoseOfDeadProcesses();

        assertThat(marks()).hasSize(2).doesNotContain(dead);
    }

    @Test
    void other_marks_in_the_folder_are_not_looked_at_for_an_id() throws IOException {
        ids.claim("nightly");
        Path unrelated = folder.resolve("0123456789abcdef-1.spent");
        ids.write(unrelated, new ProcessLife(1, SELF.began().minusSeconds(3600)));

        assertThat(ids.claimedByOneOf("nightly", List.of(SELF))).hasValue(SELF.pid());

        assertThat(unrelated).as("a look at it would have removed it").exists();
    }

    @Test
    void another_hosts_mark_says_nothing_and_stays() throws IOException {
        new ClaimedIdFiles(folder, "node-2").claim("nightly");

        assertThat(ids.claimedByOneOf("nightly", List.of(SELF))).isEmpty();
        assertThat(marks()).hasSize(1);
    }

    @Test
    void damaged_marks_say_nothing() throws IOException {
        ids.claim("nightly");
        Path mark = marks().get(0);
        String whole = Files.readString(mark);
        for (int length = 0; length < whole.length() - 1; length++) {
            Files.writeString(mark, whole.substring(0, length));
            assertThat(ids.claimedByOneOf("nightly", List.of(SELF)))
                    .as("%s bytes", length)
                    .isEmpty();
        }
        for (String text : List.of("\0", "[]", "{\"spent\":1,\"pid\":1,\"began\":\"once\",\"host\":\"node-1\"}")) {
            Files.writeString(mark, text);
            assertThat(ids.claimedByOneOf("nightly", List.of(SELF))).isEmpty();
        }
    }

    @Test
    void the_mark_does_not_tell_the_id() throws IOException {
        ids.claim("looks-like-a-secret");

        assertThat(marks().get(0).getFileName().toString()).doesNotContain("secret");
        assertThat(Files.readString(marks().get(0))).doesNotContain("secret");
    }

    @Test
    void where_there_is_no_folder_nothing_is_left_and_nothing_is_found() {
        ClaimedIdFiles nowhere = new ClaimedIdFiles(folder.resolve("nowhere"), "node-1");
        nowhere.claim("nightly");

        assertThat(nowhere.claimedByOneOf("nightly", List.of(SELF))).isEmpty();
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }
}
