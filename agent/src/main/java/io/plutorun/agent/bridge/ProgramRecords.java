package io.plutorun.agent.bridge;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.json.Json;
import io.plutorun.agent.json.JsonObjects;
import io.plutorun.agent.objects.ObjectTrees;
import io.plutorun.agent.run.Tracker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What the program itself says of its run: values that are no numbers, config, tags, notes. */
public final class ProgramRecords {

    private final Tracker tracker;
    private final ObjectTrees objects;
    private final Redactor redactor;
    private final Console console;
    private final AtomicBoolean secretTold = new AtomicBoolean();

    /**
     * Makes it.
     *
     * @param objects reads what the program hands over
     * @param console where is told, once, that a tag looks like a secret
     */
    public ProgramRecords(Tracker tracker, ObjectTrees objects, Redactor redactor, Console console) {
        this.tracker = tracker;
        this.objects = objects;
        this.redactor = redactor;
        this.console = console;
    }

    /**
     * The program has said something. {@code io.plutorun.BridgedRun} may be of a later version: a kind that is not known here is nothing.
     *
     * @param call the call whose run it belongs to; null where the thread means no single run
     * @param kind {@code config} with a name and a value, or without a name and a map; {@code tags} with texts; {@code notes} with a text; {@code file}
     *     with a name or null, and a path;
     *     else see {@link Tracker#record}
     */
    void record(@Nullable Object call, String kind, @Nullable Object[] arguments) {
        CurrentRun run = tracker.run(call);
        switch (kind) {
            case "config" -> {
                if (run != null) {
                    run.addConfig(config((String) arguments[0], objects.of(arguments[1])));
                }
            }
            case "tags" -> {
                if (run != null) {
                    run.addTags(tags(arguments));
                }
            }
            case "file" -> {
                if (run != null && arguments[1] instanceof Path path) {
                    run.addFile((String) arguments[0], path);
                }
            }
            case "notes" -> {
                if (run != null && arguments[0] != null) {
                    run.setNotes((String) arguments[0]);
                }
            }
            default -> tracker.record(call, kind, arguments);
        }
    }

    private static Map<String, @Nullable Object> config(@Nullable String name, @Nullable Object value) {
        if (name != null) {
            return JsonObjects.at(name, value);
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> entries) { // else it is a map whose entries only the program's code can give
            for (Map.Entry<String, @Nullable Object> entry :
                    Json.object(entries).entrySet()) {
                config = JsonObjects.merge(config, JsonObjects.at(entry.getKey(), entry.getValue()));
            }
        }
        return config;
    }

    private List<String> tags(@Nullable Object[] given) {
        List<String> tags = new ArrayList<>();
        for (Object tag : given) {
            if (!(tag instanceof String text) || text.isBlank()) {
                continue;
            }
            if (redactor.text(text).equals(text)) {
                tags.add(text);
            } else if (secretTold.compareAndSet(false, true)) {
                console.warn("Run.tag: a tag that looks like a secret is left out");
            }
        }
        return tags;
    }
}
