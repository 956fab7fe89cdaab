package io.plutorun.agent.results;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.current.RunListener;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.Hook.Moment;
import io.plutorun.agent.hook.PatternParser;
import io.plutorun.agent.objects.ObjectFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The methods whose results are values of the run: entries {@code name=package.Class#method}, separated by {@code ;}.
 *
 * <p>Of an entry that has given no value when a run ends, a person is told once.
 */
public final class MetricMethods implements RunListener {

    private final List<Hook> hooks = new ArrayList<>();
    private final List<MetricMethod> silent = new ArrayList<>();
    private final String option;
    private final Console console;

    /**
     * Reads the option; an entry with a mistake in it is left out, and told.
     *
     * @param option how the user calls the option
     * @param text what it says
     * @param patterns reads which methods an entry means
     */
    public MetricMethods(
            String option,
            String text,
            PatternParser patterns,
            ObjectFields fields,
            CurrentRuns runs,
            Console console) {
        this.option = option;
        this.console = console;
        NumbersOf numbers = new NumbersOf(fields);
        for (String entry : text.split(";", -1)) {
            if (!entry.isBlank()) {
                add(entry.strip(), patterns, numbers, runs);
            }
        }
    }

    private void add(String entry, PatternParser patterns, NumbersOf numbers, CurrentRuns runs) {
        int equals = entry.indexOf('=');
        String name = entry.substring(0, Math.max(equals, 0)).strip();
        String pattern = entry.substring(equals + 1).strip();
        if (name.isEmpty() || pattern.isEmpty()) {
            console.warn(option + ": \"" + entry + "\" is left out: write name=package.Class#method");
            return;
        }
        PatternParser.Parsed parsed = patterns.parse(pattern);
        for (String mistake : parsed.mistakes()) {
            console.warn(option + ": " + mistake);
        }
        if (parsed.mistakes().isEmpty()) {
            MetricMethod method = new MetricMethod(name, pattern, numbers, runs);
            silent.add(method);
            hooks.add(new Hook(parsed.methods(), Set.of(Moment.EXIT), method));
        }
    }

    /** What is to be woven. */
    public List<Hook> hooks() {
        return List.copyOf(hooks);
    }

    @Override
    public synchronized void ending(CurrentRun run) {
        for (MetricMethod method : List.copyOf(silent)) {
            String why = method.whyNoValue();
            silent.remove(method); // told once, or of no interest any more
            if (why != null) {
                console.warn(option + ": " + why);
            }
        }
    }
}
