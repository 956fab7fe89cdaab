package io.plutorun.agent.settings;

import io.plutorun.agent.settings.RunSharing.Children;
import io.plutorun.agent.settings.RunSharing.Executors;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of options. The table of docs/options.md is made from it, and a test fails when the two differ. */
public final class Options {

    private static final List<Option<?>> TABLE = new ArrayList<>();

    public static final Option<Boolean> ENABLED =
            option("enabled", OptionType.FLAG, "true", "`false`: the agent does nothing at all.");
    public static final Option<Mode> MODE = option(
            "mode",
            OptionType.choice(Mode.class),
            "online",
            "`offline`: runs are recorded on disk, and no network is used; `noop`: nothing is recorded or sent.");
    public static final Option<String> API_KEY = secret(
            "api.key",
            "The API key, made at `<app>/api-keys`. Never an agent argument: those stand in the process list.");
    public static final Option<String> API_KEY_FILE =
            option("api.key.file", OptionType.TEXT, null, "A file that holds the API key, such as a mounted Secret.");
    public static final Option<String> HOST = option(
            "host",
            OptionType.TEXT,
            null,
            "The host of a self-hosted Pluto: sets all four URLs, plain http, ports 3000, 3001, 3003, 3004. Write `https://host` for https.");
    public static final Option<URI> URL_APP =
            option("url.app", OptionType.URL, null, "The web app (default `https://pluto.trainy.ai`).");
    public static final Option<URI> URL_API = option(
            "url.api",
            OptionType.URL,
            null,
            "The API (default `https://pluto-api.trainy.ai`). When it ends in port 3001 the other URLs follow from it.");
    public static final Option<URI> URL_INGEST = option(
            "url.ingest", OptionType.URL, null, "The ingest service (default `https://pluto-ingest.trainy.ai`).");
    public static final Option<URI> URL_PY =
            option("url.py", OptionType.URL, null, "The heartbeat service (default `https://pluto-py.trainy.ai`).");
    public static final Option<String> METHODS = option(
            "methods",
            OptionType.TEXT,
            null,
            "Methods to track without `@PlutoRun`, separated by `;`: `com.acme.Trainer#train; com.acme.*Job#run(java.lang.String[])`, or by an annotation of your own: `@com.acme.Experiment`.");
    public static final Option<Boolean> TRACK_MAIN = option(
            "track.main",
            OptionType.FLAG,
            "false",
            "`true`: the program's main method is a run, named after its class. Not of the JDK's tools, build tools, test runners and Spark executors.");
    public static final Option<List<String>> AUTOLOG = option(
            "autolog",
            OptionType.LIST,
            "true",
            "Record what machine-learning frameworks are given and compute: `true`, `false`, or names of frameworks, such as `xgboost`.");
    public static final Option<Boolean> AUTOLOG_START = option(
            "autolog.start",
            OptionType.FLAG,
            "false",
            "`true`: where no method is named, the first training of a known framework opens a run that lasts until the JVM's end.");
    public static final Option<Executors> EXECUTORS = option(
            "executors",
            OptionType.choice(Executors.class),
            "first",
            "Which of a training's tasks add values in Spark's executors, where those have the agent. `first`: the task of the first partition speaks for all. `all`: each task, with names `rank1/…`. `none`: no task.");
    public static final Option<Children> CHILDREN = option(
            "children",
            OptionType.choice(Children.class),
            "apart",
            "What a JVM with the agent does that a run's code has started. `join`: it adds values to that run, and opens none. `apart`: it is a program of its own.");
    public static final Option<String> METRIC_METHODS = option(
            "metric.methods",
            OptionType.TEXT,
            null,
            "Methods whose results are values of the run, separated by `;`: `val/accuracy=com.acme.Model#evaluate; loss=com.acme.Trainer#step`.");
    public static final Option<String> METRIC_LINES = option(
            "metric.lines",
            OptionType.EXPRESSION,
            null,
            "Values in what the program prints and logs: a regular expression with named groups, `epoch (?<step>\\d+) loss=(?<loss>\\S+)`, or a JSON array.");
    public static final Option<Boolean> CAPTURE_CONSOLE =
            option("capture.console", OptionType.FLAG, "false", "Record what the program prints while a run is open.");
    public static final Option<String> FILES = option(
            "files",
            OptionType.TEXT,
            null,
            "Files that are uploaded at the run's end, separated by `;`: `out/model.bin; reports/*.html`.");
    public static final Option<String> PROJECT = option("project", OptionType.TEXT, "pluto", "The project.");
    public static final Option<String> RUN_NAME = option(
            "run.name",
            OptionType.TEXT,
            null,
            "The run's name (default `SimpleClass.method`; of `PLUTO_TRACK_MAIN` `SimpleClass`).");
    public static final Option<List<String>> TAGS =
            option("tags", OptionType.LIST, null, "Tags, united over all sources.");
    public static final Option<Map<String, @Nullable Object>> CONFIG =
            option("config", OptionType.JSON_OBJECT, null, "Config, merged key by key over all sources.");
    public static final Option<Boolean> CAPTURE_ARGUMENTS = option(
            "capture.arguments", OptionType.FLAG, "false", "Put the tracked method's arguments into the run's config.");
    public static final Option<Boolean> CAPTURE_DIFF = option(
            "capture.diff",
            OptionType.FLAG,
            "false",
            "Record how the program's files differ from what was committed, by `git diff`: at most 1 MiB, without secrets.");
    public static final Option<Boolean> RECORD_RESULT = option(
            "record.result",
            OptionType.FLAG,
            "false",
            "Record the numbers in what the tracked method returns, as values `result/…`.");
    public static final Option<String> RUN_ID = option(
            "run.id",
            OptionType.TEXT,
            null,
            "The run to resume, read as the Python SDK does: digits are a run id, `ABC-12` a display id, anything else an external id.");
    public static final Option<String> EXTERNAL_ID = option(
            "external.id",
            OptionType.TEXT,
            null,
            "Your own id of the run: resumed where it exists, else created with it.");
    public static final Option<String> DISPLAY_ID =
            option("display.id", OptionType.TEXT, null, "The id that Pluto shows, `ABC-12`, of the run to resume.");
    public static final Option<ResumeRule> RESUME = option(
            "resume",
            OptionType.choice(ResumeRule.class),
            "allow",
            "`must`: the run must exist; where it does not, the method runs untracked. `auto`: a job that is started again goes on with its run.");
    public static final Option<Integer> WORLD_SIZE = option(
            "world.size",
            OptionType.integer(1, 1_000_000),
            null,
            "Of how many processes the run is, where they share an id; with `PLUTO_RANK`. Default: what the launcher says.");
    public static final Option<Integer> RANK = option(
            "rank", OptionType.integer(0, 999_999), null, "Which of them this process is; rank 0 speaks for the run.");
    public static final Option<Scope> SCOPE = option(
            "scope",
            OptionType.choice(Scope.class),
            "method",
            "`method`: a run for each outermost tracked call; `process`: the first tracked call opens one run, all later calls are part of it, and the JVM's end closes it.");
    public static final Option<Map<String, @Nullable Object>> LOGGER_SETTINGS = option(
            "logger.settings", OptionType.JSON_OBJECT, null, "Merged over the `loggerSettings` that the agent sends.");
    public static final Option<Map<String, @Nullable Object>> SYSTEM_METADATA = option(
            "system.metadata", OptionType.JSON_OBJECT, null, "Merged over the `systemMetadata` that the agent sends.");
    public static final Option<OnError> ON_ERROR = option(
            "on.error",
            OptionType.choice(OnError.class),
            "continue",
            "`fail`: a tracked method that can't be tracked does not start, and throws `IllegalStateException(\"pluto: …\")`.");
    public static final Option<OnCancel> ON_CANCEL = option(
            "on.cancel",
            OptionType.choice(OnCancel.class),
            "interrupt",
            "What a cancel on the run's page does: `interrupt`: the thread of the tracked call is interrupted; `exit`: the JVM exits with code 2, and its shutdown hooks run; `ignore`: the program goes on.");
    public static final Option<Duration> START_TIMEOUT =
            option("start.timeout", OptionType.DURATION, "10s", "How long a tracked call waits for its run to start.");
    public static final Option<Duration> SHUTDOWN_TIMEOUT = option(
            "shutdown.timeout", OptionType.DURATION, "5s", "How long the JVM's end waits for verdicts to be sent.");
    public static final Option<Duration> HEARTBEAT_INTERVAL = option(
            "heartbeat.interval",
            OptionType.duration(Duration.ofSeconds(1), Duration.ofSeconds(60)),
            "10s",
            "How often the server hears that a run is alive.");
    public static final Option<SweepRule> SWEEP = option(
            "sweep",
            OptionType.choice(SweepRule.class),
            "true",
            "Runs of one method in one JVM that differ in captured arguments bear the tag `sweep:<id>`, so that the pages draw them together. `grid`: each point that a tuner of Spark's tries is such a run, too.");
    public static final Option<Integer> MAX_RUNS = option(
            "max.runs",
            OptionType.integer(1, 1_000_000),
            "1000",
            "How many runs may be open, or wait for their delivery, at once; more run untracked.");
    public static final Option<String> DIR = option(
            "dir",
            OptionType.TEXT,
            null,
            "The folder that holds `.pluto`, where runs are recorded until they are delivered (default: the working directory).");
    public static final Option<Long> METRICS_MAX_BYTES = option(
            "metrics.max.bytes",
            OptionType.bytes(64 << 10),
            "1GiB",
            "How much of the disk the values of one run may take while they are not delivered. Beyond half of it, values are thinned evenly.");
    public static final Option<SystemMetrics> SYSTEM_METRICS = option(
            "system.metrics",
            OptionType.choice(SystemMetrics.class),
            "true",
            "Record what the JVM, the machine and its GPUs do while runs are open; `cores`: of each core as well.");
    public static final Option<Duration> SYSTEM_METRICS_INTERVAL = option(
            "system.metrics.interval",
            OptionType.duration(Duration.ofSeconds(1), Duration.ofMinutes(10)),
            "10s",
            "How often that is done.");
    public static final Option<Boolean> KEEP_JOURNAL =
            option("keep.journal", OptionType.FLAG, "false", "Keep the records of runs that have been delivered.");
    public static final Option<Boolean> SYNC_ON_START = option(
            "sync.on.start",
            OptionType.FLAG,
            "true",
            "Deliver what earlier processes left in the same folder, beside the first tracked run.");
    public static final Option<String> CA_FILE = option(
            "ca.file",
            OptionType.TEXT,
            null,
            "A PEM file of certificate authorities that are trusted beside the JDK's own.");
    public static final Option<String> LOG_FILE =
            option("log.file", OptionType.TEXT, null, "A file that the agent's lines go to, instead of stderr.");
    public static final Option<LogLevel> DEBUG_LEVEL = option(
            "debug.level",
            new OptionType<>("`DEBUG`, `INFO`, `WARNING`, `ERROR`, `CRITICAL` or a number", LogLevel::parse),
            "INFO",
            "The least severe lines that the agent prints.");
    public static final Option<String> SETTINGS_FILE = option(
            "settings.file",
            OptionType.TEXT,
            null,
            "A fleet's defaults: a file in the format of `java.util.Properties`, UTF-8, keys as in this table.");

    private Options() {}

    /** All options, in the order in which a person reads about them. */
    public static List<Option<?>> all() {
        return List.copyOf(TABLE);
    }

    private static <T> Option<T> option(
            String key, OptionType<T> type, @Nullable String defaultText, String description) {
        Option<T> option = new Option<>(key, type, defaultText, false, description);
        TABLE.add(option);
        return option;
    }

    private static Option<String> secret(String key, String description) {
        Option<String> option = new Option<>(key, OptionType.TEXT, null, true, description);
        TABLE.add(option);
        return option;
    }

    /** What the agent does with runs. */
    public enum Mode {
        /** Sends them to the server. */
        ONLINE,
        /** Records them on disk; no call to the network, ever. */
        OFFLINE,
        /** Nothing. */
        NOOP
    }

    /** Whether a run must exist already. */
    public enum ResumeRule {
        /** An external id may be created. */
        ALLOW,
        /** It must exist. */
        MUST,
        /** As {@link #ALLOW}; and a call without an id of its own takes one that a restarted job finds again. */
        AUTO
    }

    /** What one run spans. */
    public enum Scope {
        /** An outermost tracked call. */
        METHOD,
        /** From the first tracked call of the process to its end. */
        PROCESS
    }

    /** What happens to a tracked method that can't be tracked. */
    public enum OnError {
        /** It runs untracked. */
        CONTINUE,
        /** It does not start. */
        FAIL
    }

    /** Which system metrics are recorded. */
    public enum SystemMetrics {
        /** All, of the cores their mean. */
        TRUE,
        /** None. */
        FALSE,
        /** All, and each core. */
        CORES
    }

    /** What a cancel on the run's page does to the program. */
    public enum OnCancel {
        /** The thread of the tracked call is interrupted. */
        INTERRUPT,
        /** The JVM exits. */
        EXIT,
        /** Nothing. */
        IGNORE
    }
}
