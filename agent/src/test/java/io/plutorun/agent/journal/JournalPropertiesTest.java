package io.plutorun.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.journal.JournalFormat.Line;
import io.plutorun.agent.journal.RunRecord.Part;
import io.plutorun.agent.journal.RunRecord.Target;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** P6: whatever is written to a journal can be read. */
class JournalPropertiesTest {

    /** Texts that some step on the way could take for something else: line breaks, quotes, NUL, halves of surrogate pairs. */
    private static Arbitrary<String> texts() {
        Arbitrary<Character> nasty =
                Arbitraries.of('\n', '\r', '\0', '"', '\\', '\u2028', '\uFEFF', '\uD83D', '\uDE80', '\uFFFF', 'é', ' ');
        Arbitrary<Character> any = Arbitraries.chars().all();
        return Arbitraries.oneOf(nasty, any).list().ofMaxSize(30).map(JournalPropertiesTest::join);
    }

    private static String join(List<Character> characters) {
        StringBuilder text = new StringBuilder();
        characters.forEach(text::append);
        return text.toString();
    }

    /** As {@code parse} gives it, so that what is read can be compared. */
    private static Arbitrary<@Nullable Object> values() {
        return Arbitraries.recursive(
                JournalPropertiesTest::scalars,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(3).map(list -> (Object) list),
                        objects(inner).map(map -> (Object) map)),
                0,
                3);
    }

    private static Arbitrary<@Nullable Object> scalars() {
        Arbitrary<Object> present = Arbitraries.oneOf(
                texts().map(text -> (Object) text),
                Arbitraries.longs().map(number -> (Object) number),
                Arbitraries.doubles()
                        .ofScale(10)
                        .filter(number -> number != 0) // as a number, -0.0 is 0.0
                        .map(number -> (Object) number),
                Arbitraries.of(true, false).map(flag -> (Object) flag));
        return present.injectNull(0.1);
    }

    private static Arbitrary<Map<String, @Nullable Object>> objects(Arbitrary<@Nullable Object> values) {
        Arbitrary<Map.Entry<String, @Nullable Object>> entries =
                Combinators.combine(texts(), values).as((name, value) -> new SimpleEntry<>(name, value));
        return entries.list().ofMaxSize(4).map(list -> {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            list.forEach(entry -> object.put(asUtf8(entry.getKey()), entry.getValue())); // else two may become one
            return object;
        });
    }

    private static Arbitrary<Instant> times() {
        return Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli);
    }

    private static Arbitrary<Target> targets() {
        return Arbitraries.oneOf(
                Combinators.combine(texts(), Arbitraries.of(true, false)).as(Target.Create::new),
                Arbitraries.longs().map(id -> new Target.Resume(new RunReference.ByRunId(id))),
                Combinators.combine(texts(), texts().injectNull(0.3))
                        .as((id, project) -> new Target.Resume(new RunReference.ByDisplayId(id, project))),
                Combinators.combine(texts(), texts())
                        .as((id, project) -> new Target.Resume(new RunReference.ByExternalId(id, project))));
    }

    private static Arbitrary<RunRecord> starts() {
        Arbitrary<Part> parts = Arbitraries.of(Part.ALONE, new Part(3, 64), new Part(0, 1, "executor3"));
        return Combinators.combine(
                        times(),
                        targets(),
                        texts(),
                        texts(),
                        texts().list().ofMaxSize(3),
                        objects(values()),
                        objects(values()),
                        parts)
                .as((at, target, project, name, tags, config, settings, part) ->
                        new RunRecord.Start(at, target, project, name, tags, config, settings, Map.of(), part));
    }

    private static Arbitrary<Line> records() {
        Arbitrary<RunRecord> others = Arbitraries.oneOf(
                texts().list().ofMaxSize(3).map(RunRecord.Tags::new),
                objects(values()).map(RunRecord.Config::new),
                Combinators.combine(Arbitraries.longs(), texts().list().ofMaxSize(3), objects(values()))
                        .as(RunRecord.OfOtherRun::new));
        return others.map(JournalFormat.Happened::new);
    }

    private static Arbitrary<Line> ends() {
        return Combinators.combine(
                        times(),
                        Arbitraries.of(RunStatus.class).filter(status -> status != RunStatus.RUNNING),
                        objects(values()))
                .as((at, status, evidence) -> new JournalFormat.Happened(new RunRecord.End(at, status, evidence)));
    }

    private static Arbitrary<Line> marks() {
        Arbitrary<StartedRun> runs = Combinators.combine(
                        Arbitraries.longs().greaterOrEqual(1),
                        texts().injectNull(0.3),
                        texts().injectNull(0.3),
                        Arbitraries.of(true, false))
                .as((id, displayId, project, resumed) ->
                        new StartedRun(id, OptionalLong.of(id), displayId, project, null, null, resumed));
        return Arbitraries.oneOf(
                Combinators.combine(runs, times(), Arbitraries.of(true, false)).as(JournalFormat.StartDelivered::new),
                texts().map(JournalFormat.Dropped::new));
    }

    /** A whole journal, in the order in which it is written. */
    @Provide
    Arbitrary<List<Line>> journals() {
        Arbitrary<Line> headers = Combinators.combine(texts().injectNull(0.3), texts(), texts())
                .as((api, version, host) -> new JournalFormat.Header(api, version, 4711, host));
        Arbitrary<Line> firsts = starts().map(JournalFormat.Happened::new);
        Arbitrary<List<Line>> between =
                Arbitraries.oneOf(records(), marks()).list().ofMaxSize(4);
        return Combinators.combine(headers, firsts, between, ends().list().ofMaxSize(1))
                .as((header, first, middle, last) -> {
                    List<Line> all = new ArrayList<>(List.of(header, first));
                    all.addAll(middle);
                    all.addAll(last);
                    return all;
                });
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void P6_what_is_written_is_read_back_the_same(@ForAll("journals") List<Line> journal)
            throws IOException, MalformedException {
        JournalContents read = readBack(journal);

        List<RunRecord> written = new ArrayList<>();
        for (Line line : journal) {
            if (line instanceof JournalFormat.Happened happened) {
                written.add(happened.record());
            }
        }
        assertThat(texts(read.records())).isEqualTo(texts(written));
        assertThat(read.torn()).isFalse();
        assertThat(read.header()).isNotNull();
    }

    /** Half a surrogate pair has no UTF-8: it is written as a question mark, which is what the server would make of it. */
    private static String texts(List<RunRecord> records) {
        return asUtf8(records.toString());
    }

    private static String asUtf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static JournalContents readBack(List<Line> journal) throws IOException, MalformedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Line line : journal) {
            bytes.writeBytes(JournalFile.encode(line));
        }
        return JournalContents.read(new ByteArrayInputStream(bytes.toByteArray()));
    }

    private static RunRecord.Config readBack(@Nullable Object value) throws IOException, MalformedException {
        Map<String, @Nullable Object> config = Collections.singletonMap("key", value);
        List<RunRecord> read = readBack(List.of(
                        Written.header(null),
                        Written.start(Written.random()),
                        new JournalFormat.Happened(new RunRecord.Config(config))))
                .records();
        return (RunRecord.Config) read.get(1);
    }

    @Example
    void P6_a_name_as_long_as_a_line_may_be_is_read_back() throws IOException, MalformedException {
        Map<String, Object> named = Map.of("n".repeat(JournalFormat.MAX_LINE_BYTES - 1000), 1L);

        assertThat(readBack(named).values()).isEqualTo(Map.of("key", named));
    }

    @Example
    void P6_a_text_as_long_as_a_line_may_be_is_read_back() throws IOException, MalformedException {
        String text = "t".repeat(JournalFormat.MAX_LINE_BYTES - 1000);

        assertThat(readBack(text).values()).isEqualTo(Map.of("key", text));
    }

    @Example
    void P6_numbers_of_any_length_can_be_read_back() throws IOException, MalformedException {
        BigInteger large = BigInteger.TEN.pow(5000).subtract(BigInteger.ONE);

        assertThat(readBack(large).values()).isEqualTo(Map.of("key", large.toString()));
        assertThat(readBack(new BigDecimal(large, 4990)).values())
                .isEqualTo(Map.of("key", new BigDecimal(large, 4990).toString()));
        assertThat(readBack(BigInteger.TEN.pow(300)).values()).isEqualTo(Map.of("key", BigInteger.TEN.pow(300)));
        assertThat(readBack(List.of(Double.NaN, Float.POSITIVE_INFINITY)).values())
                .isEqualTo(Map.of("key", List.of("NaN", "Infinity")));
    }

    @Example
    void P6_what_nests_deeper_than_can_be_read_is_left_out_and_the_rest_can_be_read()
            throws IOException, MalformedException {
        Object nested = "core";
        for (int i = 0; i < 5000; i++) {
            nested = i % 2 == 0 ? List.of(nested) : Map.of("k", nested);
        }

        assertThat(readBack(nested).values()).containsKey("key");
    }
}
