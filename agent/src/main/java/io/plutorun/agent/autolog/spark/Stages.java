package io.plutorun.agent.autolog.spark;

import io.plutorun.agent.autolog.Parameters;
import io.plutorun.agent.objects.PublicMethods;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an estimator is given: its parameters, and those of the stages, estimators and evaluators that it has by its parameters, as config
 * takes them. Nothing of Spark's is kept.
 */
final class Stages {

    private static final String PARAMS = Spark.ML + "param.Params";
    private static final String PARAM = Spark.ML + "param.Param";
    private static final String GRID = "[L" + Spark.ML + "param.ParamMap;";
    private static final String OF_PARAM = "(L" + PARAM.replace('.', '/') + ";)";
    private static final int MAX_DEPTH = 8;
    private static final int MAX_ENTRIES = 1_000;
    private static final int MAX_ELEMENTS = 100;

    private final String uid;
    private final Map<String, @Nullable Object> config;
    private final Set<String> uids = new HashSet<>();
    private final Map<String, @Nullable Object> values = new HashMap<>();

    /** Of a tuner: what each of its fits is given, by the name of a parameter's owner and its own. */
    private final List<Map<String, @Nullable Object>> grid = new ArrayList<>();

    private int entries;

    /** Reads an estimator. */
    Stages(Object estimator) throws Throwable {
        this.uid = uid(estimator);
        this.config = params(estimator, 0);
    }

    /** The name that an estimator, a stage or an evaluator has; a copy has the same. */
    static String uid(Object params) throws Throwable {
        return String.valueOf(PublicMethods.call(params, Spark.ML + "util.Identifiable", "uid", String.class));
    }

    /** The estimator's own name. */
    String uid() {
        return uid;
    }

    Map<String, @Nullable Object> config() {
        return config;
    }

    /** Whether the estimator is, or has, what bears a name. */
    boolean have(String name) {
        return uids.contains(name);
    }

    List<Map<String, @Nullable Object>> grid() {
        return grid;
    }

    /** Which point of a grid a fit is given; negative for none. */
    int pointIn(List<Map<String, @Nullable Object>> points) {
        for (int i = 0; i < points.size(); i++) {
            if (values.entrySet().containsAll(points.get(i).entrySet())) {
                return i;
            }
        }
        return -1;
    }

    private Map<String, @Nullable Object> params(Object object, int depth) throws Throwable {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        String owner = uid(object);
        uids.add(owner);
        map.put("type", object.getClass().getSimpleName());
        Object[] all = (Object[]) Objects.requireNonNull(
                PublicMethods.call(object, PARAMS, "params", "()[L" + PARAM.replace('.', '/') + ";"));
        for (Object param : all) {
            boolean isDefined = (Boolean)
                    Objects.requireNonNull(PublicMethods.call(object, PARAMS, "isDefined", OF_PARAM + "Z", param));
            if (isDefined && entries++ < MAX_ENTRIES) {
                Object value =
                        PublicMethods.call(object, PARAMS, "getOrDefault", OF_PARAM + "Ljava/lang/Object;", param);
                Object plain = value(value, depth);
                map.put(name(param), plain);
                values.put(owner + "." + name(param), plain);
            }
        }
        return map;
    }

    private static String name(Object param) throws Throwable {
        return String.valueOf(PublicMethods.call(param, PARAM, "name", String.class));
    }

    private @Nullable Object value(@Nullable Object value, int depth) throws Throwable {
        if (value == null || depth > MAX_DEPTH) {
            return null;
        }
        if (isParams(value)) {
            return params(value, depth + 1);
        }
        if (value.getClass().isArray()) {
            return value.getClass().getName().equals(GRID) ? grid((Object[]) value, depth) : list(value, depth);
        }
        return value instanceof Number || value instanceof Boolean || value instanceof String
                ? value
                : value instanceof Character || value instanceof Enum ? value.toString() : className(value);
    }

    /** A matrix or a function: its text may be long. */
    private static String className(Object value) {
        return value.getClass().getSimpleName();
    }

    private static boolean isParams(@Nullable Object value) {
        return value != null && PublicMethods.typeOf(value.getClass(), PARAMS) != null;
    }

    /** Stages by their number, of other arrays the elements. */
    private Object list(Object array, int depth) throws Throwable {
        int length = Math.min(Array.getLength(array), MAX_ELEMENTS);
        if (length > 0 && isParams(Array.get(array, 0))) {
            Map<String, @Nullable Object> stages = new LinkedHashMap<>();
            for (int i = 0; i < length; i++) {
                stages.put("stage" + i, value(Array.get(array, i), depth));
            }
            return stages;
        }
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            list.add(value(Array.get(array, i), depth + 1));
        }
        return list;
    }

    /** What a tuner tries: in config by the parameters' own names. */
    private Object grid(Object[] points, int depth) throws Throwable {
        List<@Nullable Object> list = new ArrayList<>();
        for (Object point : points) {
            Map<String, @Nullable Object> given = new LinkedHashMap<>();
            List<?> pairs = (List<?>) PublicMethods.call(point, Spark.ML + "param.ParamMap", "toList", List.class);
            for (Object pair : Objects.requireNonNull(pairs)) {
                Object param = Objects.requireNonNull(PublicMethods.call(
                        pair, Spark.ML + "param.ParamPair", "param", "()L" + PARAM.replace('.', '/') + ";"));
                String key = PublicMethods.call(param, PARAM, "parent", String.class) + "." + name(param);
                Object value = PublicMethods.call(pair, Spark.ML + "param.ParamPair", "value", Object.class);
                given.put(key, value(value, depth + 1));
            }
            if (depth == 0) {
                grid.add(given);
            }
            if (list.size() < MAX_ELEMENTS) {
                list.add(ownNames(given));
            }
        }
        return list;
    }

    /** By the parameters' own names, where those tell them apart. */
    static Map<String, @Nullable Object> ownNames(Map<String, @Nullable Object> point) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        point.forEach((key, value) -> named.put(key.substring(key.lastIndexOf('.') + 1), value));
        return named.size() == point.size() ? named : point;
    }

    /** A fact that an algorithm tells of itself: a number also where it tells it as a text. */
    static @Nullable Object fact(@Nullable Object value) {
        if (value == null || !value.getClass().isArray()) {
            Double number = value instanceof String text ? number(text) : null;
            return number == null ? Parameters.plain(value) : number;
        }
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < Math.min(Array.getLength(value), MAX_ELEMENTS); i++) {
            list.add(Array.get(value, i));
        }
        return list;
    }

    private static @Nullable Double number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
