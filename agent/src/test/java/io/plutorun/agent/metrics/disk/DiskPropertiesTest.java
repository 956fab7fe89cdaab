package io.plutorun.agent.metrics.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.metrics.disk.Mark.Place;
import io.plutorun.agent.metrics.disk.SegmentReader.Found;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class DiskPropertiesTest {

    @Property
    void an_entry_is_whole_only_as_it_was_written(
            @ForAll @IntRange(min = 1, max = 6) int kind,
            @ForAll @IntRange(min = 0) int number,
            @ForAll long second,
            @ForAll long third,
            @ForAll long fourth) {
        long word = Entry.word(kind, number, second, third, fourth);

        assertThat(word).isNotZero();
        assertThat(Entry.kind(word)).isEqualTo(kind);
        assertThat(Entry.number(word)).isEqualTo(number);
        assertThat(Entry.isWhole(word, second, third, fourth)).isTrue();
        assertThat(Entry.isWhole(0, second, third, fourth)).isFalse();
        assertThat(Entry.isWhole(word, second ^ (1L << 63), third, fourth)).isFalse();
        assertThat(Entry.isWhole(word, second, third ^ (1L << 40), fourth)).isFalse();
        assertThat(Entry.isWhole(word, second, third, fourth ^ (1L << 16))).isFalse();
    }

    @Property(tries = 60)
    void names_of_any_length_and_script_come_back(
            @ForAll @Size(min = 1, max = 5) List<@NotBlank @StringLength(max = 400) String> names) throws IOException {
        Path home = Files.createTempDirectory("names");
        Path mapped = home.resolve("values-00000001.seg");
        Path appended = home.resolve("values-00000002.seg");
        Folder folder = new Folder(home);
        MappedSegment first = MappedSegment.create(folder, mapped, new SegmentHeader("k", 1, 500), () -> {});
        List<String> expected = new ArrayList<>();
        try (AppendedSegment second = AppendedSegment.create(folder, appended, new SegmentHeader("k", 2, 0), 1 << 20)) {
            for (int i = 0; i < names.size(); i++) {
                byte[] utf8 = names.get(i).getBytes(StandardCharsets.UTF_8);
                if (first.define(i + 1, utf8) == MappedSegment.Result.WRITTEN) {
                    first.put(Entry.VALUE, i + 1, i, 0, 0);
                }
                second.add(Entry.VALUE, i + 1, utf8, i, 0, 0);
                expected.add(new String(utf8, StandardCharsets.UTF_8));
            }
            second.end();
        }
        first.end();
        first.close();

        assertThat(namesIn(mapped)).isEqualTo(expected);
        assertThat(namesIn(appended)).isEqualTo(expected);
        for (Path file : List.of(mapped, appended, home)) {
            Files.delete(file);
        }
    }

    private static List<String> namesIn(Path file) throws IOException {
        List<String> names = new ArrayList<>();
        try (SegmentReader reader = SegmentReader.open(file)) {
            Found found = reader.next();
            while (found == Found.VALUE) {
                names.add(reader.name());
                found = reader.next();
            }
            assertThat(found).isEqualTo(Found.END);
        }
        return names;
    }

    @Property(tries = 100)
    void a_mark_says_what_was_written_last_or_before_it(
            @ForAll @Size(min = 1, max = 6) List<@LongRange(min = 0) Long> places,
            @ForAll @IntRange(max = 79) int damagedByte)
            throws IOException {
        Path file = Files.createTempFile("mark", "");
        Mark mark = new Mark(file);
        for (Long place : places) {
            mark.write(new Place(1, place, 2 * place));
        }
        Place last = new Place(1, places.get(places.size() - 1), 2 * places.get(places.size() - 1));
        Place before = places.size() == 1
                ? Place.BEGINNING
                : new Place(1, places.get(places.size() - 2), 2 * places.get(places.size() - 2));
        assertThat(new Mark(file).read()).isEqualTo(last);

        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            if (channel.read(one, damagedByte) == 1) {
                one.put(0, (byte) (one.get(0) ^ 0x55)).rewind();
                channel.write(one, damagedByte);
            }
        }
        assertThat(new Mark(file).read()).isIn(last, before);
        Files.delete(file);
    }

    @Property(tries = 100)
    void steps_begin_where_it_was_said_first_also_after_a_torn_write(
            @ForAll @Size(min = 1, max = 5) List<@NotBlank @StringLength(max = 30) String> names,
            @ForAll @IntRange(min = 1, max = 40) int cut)
            throws IOException {
        Path file = Files.createTempFile("steps", "");
        StepStarts starts = new StepStarts(file);
        for (int i = 0; i < names.size(); i++) {
            starts.set(names.get(i), i);
        }
        String first = new String(names.get(0).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        starts.set(names.get(0), 99);
        assertThat(starts.of(names.get(0))).isZero();
        assertThat(new StepStarts(file).of(first)).isZero();

        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(Math.max(0, channel.size() - cut));
        }
        StepStarts reread = new StepStarts(file);
        reread.set("later", 7);
        assertThat(new StepStarts(file).of("later")).isEqualTo(reread.of("later"));
        Files.delete(file);
    }

    @Property
    void only_known_local_file_systems_are_mapped(@ForAll @StringLength(max = 8) String type) {
        assertThat(MappingRule.isSafe("ext4")).isTrue();
        assertThat(MappingRule.isSafe("XFS")).isTrue();
        for (String unsafe : List.of("nfs", "nfs4", "lustre", "fuse.sshfs", "cifs", "9p", "btrfs", "zfs", type + "?")) {
            assertThat(MappingRule.isSafe(unsafe)).isFalse();
        }
    }
}
