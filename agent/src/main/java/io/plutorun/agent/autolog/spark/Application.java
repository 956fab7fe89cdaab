package io.plutorun.agent.autolog.spark;

import io.plutorun.agent.objects.PublicMethods;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Spark application: its version, its size, and its settings that differ from Spark's defaults, as config takes them. */
final class Application {

    private static final String CONTEXT = "org.apache.spark.SparkContext";
    private static final String CONF = "org.apache.spark.SparkConf";
    private static final String ENTRY = "org.apache.spark.internal.config.ConfigEntry";
    private static final int MAX_SETTINGS = 500;

    /** How the names of settings begin that Spark makes itself, or that stand elsewhere in config: JVM options with the process. */
    private static final List<String> LEFT_OUT = List.of(
            "spark.app.",
            "spark.driver.extraJavaOptions",
            "spark.driver.host",
            "spark.driver.port",
            "spark.executor.extraJavaOptions",
            "spark.executor.id",
            "spark.master",
            "spark.repl.",
            "spark.submit.");

    /** Spark's own default of {@code spark.redaction.regex}. */
    private static final String SECRETS = "(?i)secret|password|token|access[.]?key";

    private Application() {}

    /**
     * Of the application of this JVM; empty where there is none.
     *
     * @param loader sees Spark's classes
     */
    static Map<String, @Nullable Object> config(@Nullable ClassLoader loader) throws Throwable {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        Object context = Scala.content(PublicMethods.call(
                PublicMethods.scalaObject(CONTEXT, loader), CONTEXT + "$", "getActive", "()Lscala/Option;"));
        if (context == null) {
            return config;
        }
        Object conf = Objects.requireNonNull(
                PublicMethods.call(context, CONTEXT, "getConf", "()L" + CONF.replace('.', '/') + ";"));
        Map<String, String> set = settings(conf);
        String master = String.valueOf(PublicMethods.call(context, CONTEXT, "master", String.class));
        config.put("version", PublicMethods.call(context, CONTEXT, "version", String.class));
        config.put("master", master);
        config.put("application_id", PublicMethods.call(context, CONTEXT, "applicationId", String.class));
        if (!set.containsKey("spark.default.parallelism")) { // else Spark gives that
            config.put("cores", PublicMethods.call(context, CONTEXT, "defaultParallelism", int.class));
        }
        if (master.startsWith("local") && !master.startsWith("local-cluster")) {
            config.put("memory", (Runtime.getRuntime().maxMemory() >> 20) + "m");
        } else {
            config.put("executors", executors(context));
            config.put("memory", PublicMethods.call(context, CONTEXT, "executorMemory", int.class) + "m");
        }
        config.put("settings", different(set, loader));
        return config;
    }

    /** How many are there now. The driver counts as one. */
    private static int executors(Object context) throws Throwable {
        Object tracker = Objects.requireNonNull(
                PublicMethods.call(context, CONTEXT, "statusTracker", "()Lorg/apache/spark/SparkStatusTracker;"));
        Object[] all = (Object[]) Objects.requireNonNull(PublicMethods.call(
                tracker,
                "org.apache.spark.SparkStatusTracker",
                "getExecutorInfos",
                "()[Lorg/apache/spark/SparkExecutorInfo;"));
        return Math.max(0, all.length - 1);
    }

    private static Map<String, String> settings(Object conf) throws Throwable {
        Map<String, String> set = new TreeMap<>();
        Object[] pairs =
                (Object[]) Objects.requireNonNull(PublicMethods.call(conf, CONF, "getAll", "()[Lscala/Tuple2;"));
        for (Object pair : pairs) {
            set.put(String.valueOf(Scala.first(pair)), String.valueOf(Scala.second(pair)));
        }
        return set;
    }

    private static Map<String, @Nullable Object> different(Map<String, String> set, @Nullable ClassLoader loader)
            throws Throwable {
        Object entries = PublicMethods.scalaObject(ENTRY, loader);
        Pattern secrets = Pattern.compile(set.getOrDefault("spark.redaction.regex", SECRETS));
        Map<String, @Nullable Object> different = new LinkedHashMap<>();
        for (Map.Entry<String, String> setting : set.entrySet()) {
            String name = setting.getKey();
            String value = setting.getValue();
            if (different.size() < MAX_SETTINGS
                    && name.startsWith("spark.")
                    && LEFT_OUT.stream().noneMatch(name::startsWith)
                    && !secrets.matcher(name).find()
                    && !secrets.matcher(value).find()
                    && !value.equals(defaultOf(name, entries))) {
                different.put(name, value);
            }
        }
        return different;
    }

    private static @Nullable Object defaultOf(String name, Object entries) throws Throwable {
        Object entry = PublicMethods.call(
                entries, ENTRY + "$", "findEntry", "(Ljava/lang/String;)L" + ENTRY.replace('.', '/') + ";", name);
        return entry == null ? null : PublicMethods.call(entry, ENTRY, "defaultValueString", String.class);
    }
}
