package languages;

import io.plutorun.PlutoRun;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kotlin.Pair;
import kotlin.ranges.IntRange;
import scala.Option;
import scala.Some;
import scala.Tuple2;
import scala.collection.immutable.LazyList;
import scala.collection.immutable.Range;
import scala.jdk.javaapi.CollectionConverters;

/** Scala's and Kotlin's collections as arguments. Those of the program count the calls of its code. */
public class Collections {

    private static int calls;

    static final class Lazy extends AbstractList<Object> {
        @Override
        public Object get(int index) {
            calls++;
            return index;
        }

        @Override
        public int size() {
            calls++;
            return 3;
        }
    }

    @PlutoRun(project = "languages", captureArguments = true)
    static void scala(
            Object list,
            Object vector,
            Object buffer,
            Object map,
            Object mutableMap,
            Object set,
            Object range,
            Option<String> some,
            Option<String> none,
            Object tuple,
            Object decimal,
            Object large,
            Object lazyList,
            Object wrapped) {}

    @PlutoRun(project = "languages", captureArguments = true)
    static void kotlin(
            Object list, Object built, Object map, Object deque, Object pair, Object range, Object reversed) {}

    public static void main(String[] args) {
        List<Object> numbers = new ArrayList<>(List.of(1, 2));
        var asScala = CollectionConverters.asScala(numbers);
        var layers = asScala.toList();
        var map = CollectionConverters.asScala(Map.<String, Object>of("lr", 0.1, "layers", layers));
        var small = CollectionConverters.asScala(Map.<String, Object>of("lr", 0.1));
        scala(
                layers,
                asScala.toVector(),
                scala.collection.mutable.ArrayBuffer$.MODULE$.from(asScala),
                scala.collection.immutable.Map$.MODULE$.from(map),
                scala.collection.mutable.HashMap$.MODULE$.from(small),
                CollectionConverters.asScala(List.<Object>of(1)).toSet(),
                new Range.Inclusive(1, 3, 1),
                new Some<>("x"),
                Option.empty(),
                new Tuple2<>("a", 1),
                scala.math.BigDecimal.decimal(0.5),
                CollectionConverters.asScala(java.util.Collections.<Object>nCopies(1_000_000, 1)).toList(),
                LazyList.from(asScala),
                CollectionConverters.asScala(new Lazy()));

        List<Object> built = kotlin.collections.CollectionsKt.createListBuilder();
        built.addAll(numbers);
        Map<String, Object> builtMap = kotlin.collections.MapsKt.createMapBuilder();
        builtMap.put("lr", 0.1);
        kotlin(
                kotlin.collections.CollectionsKt.listOf(1, 2),
                kotlin.collections.CollectionsKt.build(built),
                kotlin.collections.MapsKt.build(builtMap),
                new kotlin.collections.ArrayDeque<>(numbers),
                new Pair<>("a", 1),
                new IntRange(1, 3),
                kotlin.collections.CollectionsKt.asReversedMutable(new Lazy()));
        System.out.println("calls: " + calls);
    }
}
