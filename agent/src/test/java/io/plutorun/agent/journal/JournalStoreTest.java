package io.plutorun.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.CurrentUser;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.host.ThisJvm;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.replay.Replay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalStoreTest {

    private final Path directory;
    private final List<String> complaints = new ArrayList<>();

    JournalStoreTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private JournalStore store(Path place) {
        return new JournalStore(
                place, ThisJvm.ENVIRONMENT, new Redactor(Map.of()), null, "1", "host", false, complaints::add);
    }

    private static Path folder(Path place) {
        return place.resolve(".pluto").resolve("jvm");
    }

    @Test
    void nothing_is_written_before_the_first_run_and_then_for_the_owner_alone() throws IOException {
        Path place = directory.resolve("new");
        JournalStore store = store(place);
        assertThat(place).doesNotExist();

        store.open().append(Written.start(Written.random()).record());
        assertThat(complaints).isEmpty();
        for (Path made : List.of(place.resolve(".pluto"), folder(place))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
        }
        assertThat(store.journals()).hasSize(1);
    }

    @Test
    void what_a_killed_process_left_of_its_look_whether_it_can_write_is_removed_by_a_later_one() throws IOException {
        Path folder = folder(directory);
        JournalStore store = store(directory);
        store.open().append(Written.start(Written.random()).record());
        Path old = Files.createFile(folder.resolve(".probe-old"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(120)));
        Path young = Files.createFile(folder.resolve(".probe-young"));

        store.removeOldProbes();

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void journals_are_listed_in_the_order_of_time_without_links_folders_and_other_files() throws IOException {
        Path folder = Files.createDirectories(folder(directory));
        Path second = Files.createFile(folder.resolve("1700000000002-9-a.jsonl"));
        Path first = Files.createFile(folder.resolve("1700000000001-10-z.jsonl"));
        Files.createFile(folder.resolve("notes.txt"));
        Files.createDirectory(folder.resolve("1700000000003-1-a.jsonl"));
        Files.createSymbolicLink(folder.resolve("1700000000004-1-a.jsonl"), first);

        assertThat(JournalStore.journalsBelow(directory)).containsExactly(first, second);
        assertThat(JournalStore.journalsBelow(directory.resolve("none"))).isEmpty();
    }

    @Test
    void earlier_are_those_that_were_begun_before_this_process_s_first() throws IOException {
        JournalStore store = store(directory);
        assertThat(store.earlierJournals()).isEmpty();
        for (int i = 0; i < 20; i++) { // several within a millisecond
            store.open().append(Written.start(Written.random()).record());
        }
        assertThat(store.journals()).hasSize(20);
        assertThat(store.earlierJournals()).isEmpty();

        Path left = Files.createFile(folder(directory).resolve("1700000000001-10-z.jsonl"));
        Files.createFile(folder(directory).resolve("9900000000001-10-z.jsonl"));

        assertThat(store.earlierJournals()).containsExactly(left);
    }

    @Test
    void a_journal_s_name_begins_with_the_time_of_its_run() throws IOException {
        long before = System.currentTimeMillis();
        JournalStore store = store(directory);
        store.open().append(Written.start(Written.random()).record());

        String name = store.journals().get(0).getFileName().toString();
        assertThat(name).matches("\\d{13}-" + ProcessHandle.current().pid() + "-[0-9a-z]+\\.jsonl");
        assertThat(Long.parseLong(name.substring(0, 13))).isBetween(before, System.currentTimeMillis());
    }

    @Test
    void P7_a_folder_that_is_a_link_is_not_used_and_one_line_says_which_is_instead() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.createSymbolicLink(directory.resolve(".pluto"), elsewhere);
        Path used = store(directory).folder();

        assertThat(used).isNotNull().isNotEqualTo(folder(directory));
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(complaints).hasSize(1);
        assertThat(complaints.get(0)).contains("runs are recorded in " + used, "is a link");
    }

    @Test
    void P3_where_a_file_stands_in_the_way_the_next_place_is_taken() throws IOException {
        Files.createFile(directory.resolve(".pluto"));

        assertThat(store(directory).folder()).isNotEqualTo(folder(directory));
        assertThat(complaints).hasSize(1);
    }

    private static List<Path> candidates(
            Path place, Map<String, String> environment, @Nullable String home, @Nullable String temporary) {
        Map<String, @Nullable String> properties = new HashMap<>();
        properties.put("user.home", home);
        JvmEnvironment jvm = new JvmEnvironment(environment, properties::get, Clock.systemUTC());
        return FolderChoice.candidates(place, jvm::cacheFolder, temporary).stream()
                .map(Supplier::get)
                .filter(Objects::nonNull)
                .toList();
    }

    @Test
    void the_places_are_the_chosen_one_the_user_s_cache_and_the_temporary_folder_s_own_corner() {
        Path place = Path.of("/work");
        Path corner = Path.of("/tmp/pluto-" + CurrentUser.name());

        assertThat(candidates(place, Map.of(), "/home/u", "/tmp"))
                .containsExactly(place, Path.of("/home/u/.cache"), corner);
        assertThat(candidates(place, Map.of("XDG_CACHE_HOME", "/cache"), "/home/u", "/tmp"))
                .containsExactly(place, Path.of("/cache"), corner);
        assertThat(candidates(place, Map.of("XDG_CACHE_HOME", "cache"), "/home/u", "/tmp"))
                .containsExactly(place, Path.of("/home/u/.cache"), corner);
        assertThat(candidates(place, Map.of("XDG_CACHE_HOME", " "), "?", "/tmp"))
                .containsExactly(place, corner);
        assertThat(candidates(place, Map.of(), null, null)).containsExactly(place);
    }

    @Test
    void P3_a_place_that_no_path_can_name_harms_nothing_unless_it_is_needed_and_then_the_next_is_taken() {
        List<String> told = new ArrayList<>();
        Supplier<@Nullable Path> unnameable = () -> Path.of("not \0 ASCII in the C locale");
        Supplier<@Nullable Path> good = () -> directory.resolve("good");

        assertThat(Objects.requireNonNull(FolderChoice.choose(List.of(good, unnameable), told::add))
                        .path())
                .isEqualTo(folder(directory.resolve("good")));
        assertThat(told).isEmpty();
        assertThat(Objects.requireNonNull(FolderChoice.choose(List.of(unnameable, good), told::add))
                        .path())
                .isEqualTo(folder(directory.resolve("good")));
        assertThat(told).singleElement().asString().startsWith("runs are recorded in");
        assertThat(folder(directory.resolve("good"))).isEmptyDirectory();
    }

    @Test
    void P6_a_new_journal_survives_somebody_who_looks_through_the_folder_all_the_while() throws Exception {
        JournalStore store = store(directory);
        store.open();
        AtomicBoolean over = new AtomicBoolean();
        Thread looking = new Thread(() -> {
            Replay replay = new Replay(
                    new PlutoApi(URI.create("http://127.0.0.1:1"), null, null, "key", "1", Transport.DIRECT),
                    null,
                    Duration.ofSeconds(1),
                    false);
            while (!over.get()) {
                try {
                    for (Path journal : store.journals()) {
                        if (journal.getFileName().toString().compareTo("2") < 0) {
                            var unused = replay.deliver(journal);
                        }
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        looking.start();
        for (int i = 0; i < 300; i++) {
            assertThat(store.open().path()).isNotNull();
        }
        over.set(true);
        looking.join();
        assertThat(complaints).isEmpty();
    }
}
