package io.plutorun.agent.autolog;

import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.HookSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The hooks of all frameworks that are to be recorded. */
public final class Autolog implements HookSource {

    private final CurrentRuns runs;
    private final Console console;
    private final Map<String, Framework> byClass = new HashMap<>();
    private final Map<Framework, List<Hook>> loaded = new HashMap<>();

    private Autolog(CurrentRuns runs, Console console) {
        this.runs = runs;
        this.console = console;
    }

    /**
     * Reads the option.
     *
     * @param option how the user calls the option
     * @param value {@code true}, {@code false}, or names of frameworks; a name that is not known is told, and left out
     * @param frameworks all that are known
     * @return empty where nothing is to be recorded
     */
    public static Optional<HookSource> of(
            String option, List<String> value, List<Framework> frameworks, CurrentRuns runs, Console console) {
        Autolog autolog = new Autolog(runs, console);
        for (Framework framework : chosen(option, value, frameworks, console)) {
            framework.classNames().forEach(className -> autolog.byClass.put(className, framework));
        }
        return autolog.byClass.isEmpty() ? Optional.empty() : Optional.of(autolog);
    }

    private static List<Framework> chosen(
            String option, List<String> value, List<Framework> frameworks, Console console) {
        List<Framework> chosen = new ArrayList<>();
        for (String word : value) {
            String name = word.toLowerCase(Locale.ROOT);
            if (name.equals("true") || name.equals("all")) {
                return frameworks;
            }
            List<Framework> named = frameworks.stream()
                    .filter(framework -> framework.name().equals(name))
                    .toList();
            if (named.isEmpty() && !name.equals("false") && !name.equals("none")) {
                TreeSet<String> known = new TreeSet<>();
                frameworks.forEach(framework -> known.add(framework.name()));
                console.warn(
                        option + ": \"" + word + "\" is no framework that is recorded; write true, false, or some of "
                                + String.join(",", known));
            }
            chosen.addAll(named);
        }
        return chosen;
    }

    @Override
    public List<Hook> hooksIn(String className) {
        Framework framework = byClass.get(className);
        if (framework == null) {
            return List.of();
        }
        List<Hook> its = new ArrayList<>();
        for (Hook hook : hooksOf(framework)) {
            if (!hook.methods().apply(className).isEmpty()) {
                its.add(hook);
            }
        }
        return its;
    }

    private synchronized List<Hook> hooksOf(Framework framework) {
        return loaded.computeIfAbsent(
                framework, first -> first.hooks().apply(new Recorder(first.name(), runs, console::warn)));
    }
}
