package io.plutorun.agent.autolog;

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
import java.util.function.Function;

/** The hooks of all frameworks that are to be recorded. */
public final class Autolog implements HookSource {

    private final List<Framework> frameworks;
    private final Function<Framework, List<Hook>> maker;
    private final Map<Framework, List<Hook>> made = new HashMap<>();

    private Autolog(List<Framework> frameworks, Function<Framework, List<Hook>> maker) {
        this.frameworks = frameworks;
        this.maker = maker;
    }

    /**
     * Reads the option.
     *
     * @param option how the user calls the option
     * @param value {@code true}, {@code false}, or names of frameworks; a name that is not known is told, and left out
     * @param frameworks all that are known
     * @param maker makes the hooks of one of them
     * @return empty where nothing is to be recorded
     */
    public static Optional<HookSource> of(
            String option,
            List<String> value,
            List<Framework> frameworks,
            Function<Framework, List<Hook>> maker,
            Console console) {
        List<Framework> chosen = chosen(option, value, frameworks, console);
        return chosen.isEmpty() ? Optional.empty() : Optional.of(new Autolog(chosen, maker));
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
        for (Framework framework : frameworks) {
            if (framework.has(className)) {
                return hooksIn(className, framework);
            }
        }
        return List.of();
    }

    @Override
    public boolean hasHooksOfJdk() {
        return false;
    }

    private List<Hook> hooksIn(String className, Framework framework) {
        List<Hook> its = new ArrayList<>();
        for (Hook hook : hooksOf(framework)) {
            if (!hook.methods().apply(className).isEmpty()) {
                its.add(hook);
            }
        }
        return its;
    }

    private synchronized List<Hook> hooksOf(Framework framework) {
        return made.computeIfAbsent(framework, maker);
    }
}
