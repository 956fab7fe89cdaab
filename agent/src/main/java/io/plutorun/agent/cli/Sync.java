package io.plutorun.agent.cli;

import io.plutorun.agent.api.Connection;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.json.Json;
import io.plutorun.agent.replay.BatchReplay;
import io.plutorun.agent.replay.Replay;
import io.plutorun.agent.replay.ReplayResult;
import io.plutorun.agent.settings.ApiKey;
import io.plutorun.agent.settings.Endpoints;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Origin;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.Sourced;
import io.plutorun.agent.settings.UnusableSettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Delivers runs that were recorded while the server was away. Safe to repeat, and to run while a training writes. */
@Command(
        name = "sync",
        description = "Delivers runs that are recorded on disk to the server that the settings name.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all is delivered",
            "1:something is left",
            "2:wrong use, a folder that can't be read, or nothing can be sent"
        })
final class Sync implements Callable<Integer> {

    private static final int DONE = 0;
    private static final int SOME_LEFT = 1;
    private static final int WRONG_USE = 2;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(5);
    private static final int AT_ONCE = 16;
    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(10);

    private final Settings settings;
    private final JvmEnvironment jvm;
    private final Redactor redactor;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "DIR",
            arity = "0..*",
            description =
                    "Folders that hold .pluto, or .pluto itself (default: PLUTO_DIR, else the working directory).")
    private List<String> directories = new ArrayList<>();

    @Option(names = "--json", description = "One JSON object a run on stdout, for scripts.")
    private boolean json;

    @Option(names = "--dry-run", description = "Tells what lies there, and sends nothing.")
    private boolean dryRun;

    @Option(
            names = "--retry",
            description = "Tries those again that were set aside, since they could not be delivered.")
    private boolean retry;

    @Option(names = "--watch", description = "Goes on looking every 10 s, until it is interrupted.")
    private boolean watch;

    Sync(Settings settings, JvmEnvironment jvm) {
        this.settings = settings;
        this.jvm = jvm;
        this.redactor = new Redactor(jvm.variables());
    }

    @Override
    public Integer call() throws InterruptedException {
        List<String> places = directories.isEmpty()
                ? List.of(settings.find(Options.DIR).map(Sourced::value).orElse(""))
                : directories;
        Endpoints endpoints;
        @Nullable Replay replay;
        try {
            endpoints = Endpoints.of(settings);
            // A run that was meant for a server of the user's own must not go to the public one because a variable is
            // missing.
            String onlyFor = endpoints.source().origin() == Origin.DEFAULT
                    ? endpoints.api().toString()
                    : null;
            replay = dryRun
                    ? null
                    : new Replay(
                            Connection.to(endpoints, ApiKey.find(settings), settings, jvm.variables()),
                            onlyFor,
                            REQUEST_TIMEOUT,
                            settings.get(Options.KEEP_JOURNAL),
                            line -> spec.commandLine().getErr().println(redactor.text(line)));
        } catch (UnusableSettingsException e) {
            return refuse(e.why());
        }
        tell((dryRun ? "would deliver to " : "delivering to ") + endpoints.api() + " (" + endpoints.source() + ")");
        endpoints.cleartextWarning().ifPresent(this::tell);
        while (true) {
            int status = pass(places, replay);
            if (!watch) {
                return status;
            }
            Thread.sleep(WATCH_INTERVAL.toMillis());
        }
    }

    private int pass(List<String> places, @Nullable Replay replay) throws InterruptedException {
        List<Path> journals = new ArrayList<>();
        boolean unusable = false;
        for (String place : places) {
            try {
                journals.addAll(JournalPlace.of(place).journals(retry));
            } catch (UnusableSettingsException e) { // the others are delivered all the same
                unusable = true;
                refuse(e.why());
            }
        }
        Counts counts = new Counts(journals.size());
        if (replay == null) {
            journals.forEach(this::describe);
            counts.left = journals.size();
        } else {
            new BatchReplay(replay, AT_ONCE, Integer.MAX_VALUE).deliver(journals, counts);
        }
        tell(counts.delivered + " delivered, " + counts.left + " left");
        if (counts.strangers) {
            return refuse(
                    "runs that were recorded for another server are left: set PLUTO_URL_API, or PLUTO_HOST, to say where they go");
        }
        if (unusable) {
            return WRONG_USE;
        }
        return counts.left == 0 || dryRun ? DONE : SOME_LEFT;
    }

    /** What became of the journals of one pass. */
    private final class Counts implements BatchReplay.Listener {

        private final int all;
        private int seen;
        private int delivered;
        private int left;
        private boolean strangers;
        private long lastProgressNanos = System.nanoTime();

        Counts(int all) {
            this.all = all;
        }

        @Override
        public void result(Path journal, ReplayResult result) {
            report(journal, result);
            delivered += result instanceof ReplayResult.Delivered ? 1 : 0;
            left += result instanceof ReplayResult.Left
                            || result instanceof ReplayResult.SetAside
                            || result instanceof ReplayResult.ForAnother
                    ? 1
                    : 0;
            strangers |= result instanceof ReplayResult.ForAnother;
            seen++;
            if (System.nanoTime() - lastProgressNanos > PROGRESS_INTERVAL.toNanos()) {
                lastProgressNanos = System.nanoTime();
                spec.commandLine().getErr().println("pluto: " + seen + " of " + all + " journals");
            }
        }
    }

    private void describe(Path journal) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("journal", journal.toString());
        String text = redactor.text(journal + ": " + JournalDescription.describe(journal, line));
        spec.commandLine().getOut().println(json ? Json.write(line) : text);
    }

    private void report(Path journal, ReplayResult result) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("journal", journal.toString());
        String text;
        if (result instanceof ReplayResult.Delivered delivered) {
            line.put("result", "delivered");
            line.put("run", delivered.run().label());
            line.put("status", delivered.status().name());
            line.put("url", delivered.run().url());
            text = "run " + delivered.run().label() + " " + delivered.status()
                    + (delivered.run().url() == null
                            ? ""
                            : ": " + delivered.run().url());
            if (!delivered.leftOut().isEmpty()) {
                String leftOut = redactor.text(delivered.leftOut());
                line.put("leftOut", leftOut);
                text += "; left out: " + leftOut;
            }
        } else if (result instanceof ReplayResult.Nothing nothing) {
            line.put("result", "nothing");
            line.put("why", redactor.text(nothing.why()));
            text = journal + ": nothing to deliver, " + redactor.text(nothing.why());
        } else if (result instanceof ReplayResult.ForAnother another) {
            line.put("result", "for another server");
            line.put("api", another.api());
            text = journal + ": left, it was recorded for " + another.api();
        } else if (result instanceof ReplayResult.InUse) {
            line.put("result", "in use");
            text = journal + ": a process is at work on it";
        } else if (result instanceof ReplayResult.SetAside aside) {
            String why = redactor.text(aside.why());
            line.put("result", "set aside");
            line.put("why", why);
            text = journal + ": set aside, " + why + "; try it again with: sync --retry";
        } else {
            String why = redactor.text(((ReplayResult.Left) result).why());
            line.put("result", "left");
            line.put("why", why);
            text = journal + ": left, " + why;
        }
        spec.commandLine().getOut().println(json ? Json.write(line) : text);
    }

    /** What is said beside the lines of runs; scripts read those alone. */
    private void tell(String text) {
        (json ? spec.commandLine().getErr() : spec.commandLine().getOut()).println(redactor.text(text));
    }

    private int refuse(String why) {
        spec.commandLine().getErr().println("pluto: " + redactor.text(why));
        return WRONG_USE;
    }
}
