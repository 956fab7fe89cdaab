package io.plutorun.agent.metrics.buffer;

import static java.util.Objects.requireNonNull;

import io.plutorun.agent.metrics.report.Loss;
import io.plutorun.agent.metrics.report.Losses;
import io.plutorun.agent.metrics.report.Notice.Kind;
import io.plutorun.agent.metrics.report.Notices;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Numbers the names of a run, once each. Looking up a known name takes no lock and allocates nothing. */
public final class NameTable {

    /** How many names a run may have. */
    static final int MAX_NAMES = 50_000;

    private static final String SYSTEM = "sys/";

    private final Map<String, MetricName> byGiven = new ConcurrentHashMap<>();
    private final Map<String, MetricName> byText = new ConcurrentHashMap<>();
    private final Map<Integer, MetricName> byNumber = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final UnaryOperator<String> naming;
    private final Predicate<String> isUsedElsewhere;
    private final Losses losses;
    private final Notices notices;

    /**
     * A table of no names.
     *
     * @param naming what names pass through (a rank's prefix, the redactor) before {@link NameRules}
     * @param isUsedElsewhere whether values of another kind have the name: the server shows those of one kind
     */
    public NameTable(UnaryOperator<String> naming, Predicate<String> isUsedElsewhere, Losses losses, Notices notices) {
        this.naming = naming;
        this.isUsedElsewhere = isUsedElsewhere;
        this.losses = losses;
        this.notices = notices;
    }

    /** The name; null when the run has too many, which is counted. */
    public @Nullable MetricName get(@Nullable String given) {
        String name = given == null ? "" : given;
        MetricName known = byGiven.get(name);
        return known != null ? known : add(name);
    }

    private @Nullable MetricName add(String given) {
        if (byGiven.size() >= MAX_NAMES) {
            losses.count(Loss.NAMES);
            notices.tell(Kind.TOO_MANY_NAMES, "", "");
            return null;
        }
        String named = NameRules.isBlank(given) ? NameRules.UNNAMED : given;
        String text = NameRules.storable(naming.apply(named));
        if (!named.equals(given) || !NameRules.storable(named).equals(named)) {
            notices.tell(Kind.NAME_MENDED, given, text);
        }
        MetricName name = byText.computeIfAbsent(text, this::number);
        MetricName earlier = byGiven.putIfAbsent(given, name);
        return earlier != null ? earlier : name;
    }

    private MetricName number(String text) {
        if (isUsedElsewhere.test(text)) {
            notices.tell(Kind.TWO_KINDS, text, "");
        }
        MetricName name = new MetricName(numbers.incrementAndGet(), text, text.getBytes(StandardCharsets.UTF_8));
        byNumber.put(name.number, name);
        return name;
    }

    /** The name of a number that was given here. */
    MetricName byNumber(int number) {
        return requireNonNull(byNumber.get(number));
    }

    /** Whether a name is known, as the server gets it. */
    public boolean has(String text) {
        return byText.containsKey(text);
    }

    /** When a value was logged last that is none of the system, in ms since 1970; 0 for never. */
    public long lastTime() {
        long last = 0;
        for (MetricName name : byText.values()) {
            if (name.lastTime() > last && !name.text.startsWith(SYSTEM)) {
                last = name.lastTime();
            }
        }
        return last;
    }

    /** The last values of the names that were logged last, details behind all others, and none of the system. */
    public List<Map.Entry<String, Double>> lastValues(int atMost) {
        List<MetricName> known = new ArrayList<>();
        for (MetricName name : byText.values()) {
            if (name.lastTime() != 0 && !name.text.startsWith(SYSTEM)) {
                known.add(name);
            }
        }
        Comparator<MetricName> lastFirst =
                Comparator.comparingLong(MetricName::lastTime).reversed();
        known.sort(Comparator.comparing(MetricName::isDetail)
                .thenComparing(lastFirst)
                .thenComparingInt(name -> name.number));
        List<Map.Entry<String, Double>> last = new ArrayList<>();
        for (MetricName name : known.subList(0, Math.min(atMost, known.size()))) {
            last.add(Map.entry(name.text, name.lastValue()));
        }
        return last;
    }
}
