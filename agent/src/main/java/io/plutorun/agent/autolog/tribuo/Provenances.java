package io.plutorun.agent.autolog.tribuo;

import io.plutorun.agent.autolog.Parameters;
import io.plutorun.agent.objects.PublicMethods;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Tribuo itself notes of a trainer, a model and its data, as config takes it. Tribuo's provenance is OLCUT's. */
final class Provenances {

    private static final String OLCUT = "com.oracle.labs.mlrg.olcut.provenance.";
    private static final String PROVENANCE = "()Lcom/oracle/labs/mlrg/olcut/provenance/Provenance;";
    private static final int MAX_DEPTH = 8;
    private static final int MAX_ENTRIES = 500;

    private int entries;

    private Provenances() {}

    /** Of an object that has a provenance: a trainer. Tribuo makes it anew for each model, too. */
    static Map<String, @Nullable Object> of(Object provenancable) throws Throwable {
        return new Provenances().object(provenance(provenancable), 0);
    }

    /** Of the data that a model was trained with. */
    static Map<String, @Nullable Object> ofDataset(Object model) throws Throwable {
        Object dataset = PublicMethods.call(
                provenance(model),
                "org.tribuo.provenance.ModelProvenance",
                "getDatasetProvenance",
                "()Lorg/tribuo/provenance/DatasetProvenance;");
        return dataset == null ? Map.of() : new Provenances().object(dataset, 0);
    }

    private static Object provenance(Object provenancable) throws Throwable {
        Object provenance = PublicMethods.call(provenancable, OLCUT + "Provenancable", "getProvenance", PROVENANCE);
        if (provenance == null) {
            throw new IllegalStateException(provenancable.getClass().getName() + " has no provenance");
        }
        return provenance;
    }

    private Map<String, @Nullable Object> object(Object provenance, int depth) throws Throwable {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (is(provenance, "ConfiguredObjectProvenance")) {
            map.put(
                    "class-name",
                    PublicMethods.call(provenance, OLCUT + "ObjectProvenance", "getClassName", String.class));
            map.putAll(entries(
                    PublicMethods.call(
                            provenance, OLCUT + "ConfiguredObjectProvenance", "getConfiguredParameters", Map.class),
                    depth));
        } else if (provenance instanceof Iterable<?> pairs) {
            for (Object pair : pairs) {
                String name = String.valueOf(Pairs.first(pair));
                Object value = Pairs.second(pair);
                if (value != null && entries++ < MAX_ENTRIES) {
                    map.put(name, plain(value, depth + 1));
                }
            }
        }
        return map;
    }

    private Map<String, @Nullable Object> entries(@Nullable Object map, int depth) throws Throwable {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        if (map instanceof Map<?, ?> given) {
            for (Map.Entry<?, ?> entry : given.entrySet()) {
                if (this.entries++ < MAX_ENTRIES) {
                    entries.put(String.valueOf(entry.getKey()), plain(entry.getValue(), depth + 1));
                }
            }
        }
        return entries;
    }

    private @Nullable Object plain(@Nullable Object provenance, int depth) throws Throwable {
        if (provenance == null || depth > MAX_DEPTH) {
            return null;
        }
        if (is(provenance, "PrimitiveProvenance")) {
            return Parameters.plain(PublicMethods.call(
                    provenance, OLCUT + "PrimitiveProvenance", "getValue", MethodType.methodType(Object.class)));
        }
        if (is(provenance, "ObjectProvenance")) {
            return object(provenance, depth);
        }
        if (is(provenance, "MapProvenance")) {
            return entries(PublicMethods.call(provenance, OLCUT + "MapProvenance", "getMap", Map.class), depth);
        }
        if (is(provenance, "ListProvenance")) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Object element : (Iterable<?>) provenance) {
                if (entries++ < MAX_ENTRIES) {
                    list.add(plain(element, depth + 1));
                }
            }
            return list;
        }
        return null;
    }

    private static boolean is(Object provenance, String kind) {
        return PublicMethods.typeOf(provenance.getClass(), OLCUT + kind) != null;
    }
}
