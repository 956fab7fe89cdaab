package io.plutorun.agent.settings;

import io.plutorun.agent.host.OriginalTexts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Looks options up in their sources, highest first: system property, environment variable, agent argument, settings file, default. A
 * blank text counts as not set, and so does one that is not understood. (The annotation stands between agent argument and settings file; whoever knows a tracked method lays
 * it in between, see {@link Source#beatsAnnotation()}.)
 *
 * <p>In system properties, agent arguments and the settings file an option can be given for one method, as {@code
 * com.acme.Trainer#train.project}; there it goes before the general value of the same source.
 */
public final class Settings {

    private final UnaryOperator<@Nullable String> properties;
    private final UnaryOperator<@Nullable String> environment;
    private final Map<String, String> arguments;
    private final Map<String, String> file;
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<String> taken = new HashSet<>();
    private final SmallFiles files = new SmallFiles();

    /**
     * Makes settings over their sources.
     *
     * @param properties from the full name of a system property to its value
     * @param environment from the name of a variable to its value
     * @param arguments agent arguments by key
     * @param file entries of the settings file by key
     */
    public Settings(
            UnaryOperator<@Nullable String> properties,
            UnaryOperator<@Nullable String> environment,
            Map<String, String> arguments,
            Map<String, String> file) {
        this.properties = properties;
        this.environment = environment;
        this.arguments = arguments;
        this.file = file;
        warnOfUnknown(arguments.keySet(), "agent argument");
        warnOfUnknown(file.keySet(), "settings file,");
    }

    /** A misspelt key would be passed over in silence. */
    private void warnOfUnknown(Set<String> keys, String where) {
        for (String key : keys) {
            boolean known = Options.all().stream()
                    .anyMatch(option ->
                            key.equals(option.key()) || (key.indexOf('#') > 0 && key.endsWith("." + option.key())));
            if (!known) {
                warn(where + " \"" + key + "\" is no option, and is left out; docs/options.md lists the options");
            }
        }
    }

    /**
     * Complains of variables whose names differ from an option's by one slip of the hand. Of other unknown ones it does not: a service in
     * Kubernetes that is called pluto gives {@code PLUTO_PORT} and its like to every container.
     *
     * @param variables names of variables of the process
     */
    public void warnOfMisspelt(Set<String> variables) {
        for (String variable : variables) {
            if (variable.startsWith("PLUTO")) {
                warnIfMisspelt(variable);
            }
        }
    }

    private void warnIfMisspelt(String variable) {
        String meant = null;
        for (Option<?> option : Options.all()) {
            if (variable.equals(option.variable())) {
                return;
            }
            if (meant == null && isOneSlip(variable, option.variable())) {
                meant = option.variable();
            }
        }
        if (meant != null) {
            warn("environment variable " + variable + " is no option, and is left out; meant is perhaps " + meant);
        }
    }

    /** Whether one character is left out, doubled, added or another one, or two neighbours have changed places. */
    private static boolean isOneSlip(String text, String meant) {
        int shorter = Math.min(text.length(), meant.length());
        int begin = 0;
        while (begin < shorter && text.charAt(begin) == meant.charAt(begin)) {
            begin++;
        }
        int end = 0;
        while (end < shorter - begin
                && text.charAt(text.length() - 1 - end) == meant.charAt(meant.length() - 1 - end)) {
            end++;
        }
        String other = text.substring(begin, text.length() - end);
        String ofMeant = meant.substring(begin, meant.length() - end);
        boolean haveChangedPlaces = other.length() == 2
                && ofMeant.length() == 2
                && other.charAt(0) == ofMeant.charAt(1)
                && other.charAt(1) == ofMeant.charAt(0);
        return (other.length() <= 1 && ofMeant.length() <= 1) || haveChangedPlaces;
    }

    /** The value that goes for an option; empty when it is nowhere set and has no default. */
    public <T> Optional<Sourced<T>> find(Option<T> option) {
        List<Sourced<T>> values = all(option, null);
        return values.isEmpty() ? defaultOf(option) : Optional.of(values.get(0));
    }

    /** The value that goes for an option that has a default. */
    public <T> T get(Option<T> option) {
        return find(option)
                .orElseThrow(() -> new IllegalArgumentException(option.key() + " has no default"))
                .value();
    }

    /** The default of an option. */
    public <T> Optional<Sourced<T>> defaultOf(Option<T> option) {
        String text = option.defaultText();
        return text == null
                ? Optional.empty()
                : Optional.of(new Sourced<>(
                        option.type().parser().parse(text), new Source(Origin.DEFAULT, option.key(), false)));
    }

    /**
     * Every value that is set for an option, highest first, without the default.
     *
     * @param method {@code com.acme.Trainer#train}, to take what is set for this method alone; null for general settings only
     */
    public <T> List<Sourced<T>> all(Option<T> option, @Nullable String method) {
        List<Sourced<T>> values = new ArrayList<>(2);
        String specific = method == null ? null : method + "." + option.key();
        if (specific != null) {
            add(
                    values,
                    option,
                    properties.apply("pluto." + specific),
                    Origin.SYSTEM_PROPERTY,
                    "pluto." + specific,
                    true);
        }
        add(values, option, properties.apply(option.property()), Origin.SYSTEM_PROPERTY, option.property(), false);
        add(values, option, environment.apply(option.variable()), Origin.ENVIRONMENT, option.variable(), false);
        if (specific != null) {
            add(values, option, arguments.get(specific), Origin.AGENT_ARGUMENT, specific, true);
        }
        add(values, option, arguments.get(option.key()), Origin.AGENT_ARGUMENT, option.key(), false);
        if (specific != null) {
            add(values, option, file.get(specific), Origin.SETTINGS_FILE, specific, true);
        }
        add(values, option, file.get(option.key()), Origin.SETTINGS_FILE, option.key(), false);
        return values;
    }

    /**
     * The bytes of a small file that a setting names, read once. Waits no longer than a start may take.
     *
     * @throws IOException when it can't be read, or not in time
     */
    public byte[] read(Path file) throws IOException {
        return files.read(file, get(Options.START_TIMEOUT));
    }

    /** What could not be read since the last time this was asked; the same complaint comes once. */
    public synchronized List<String> takeWarnings() {
        List<String> fresh = new ArrayList<>(warnings);
        fresh.removeIf(warning -> !taken.add(warning));
        warnings.clear();
        return fresh;
    }

    private <T> void add(
            List<Sourced<T>> values,
            Option<T> option,
            @Nullable String text,
            Origin origin,
            String name,
            boolean forOneMethod) {
        if (text == null || text.isBlank()) {
            return;
        }
        Source source = new Source(origin, name, forOneMethod);
        if (origin != Origin.SETTINGS_FILE && OriginalTexts.hasLost(text)) { // that file is UTF-8 in every locale
            warn(source + " holds characters that the JVM can't read in this locale, and is used without them; set"
                    + " LC_ALL=C.UTF-8");
        }
        try {
            values.add(new Sourced<>(option.type().parser().parse(text), source));
        } catch (IllegalArgumentException e) {
            String shown = option.sensitive() ? "" : "\"" + text.strip() + "\" ";
            warn(source + ": " + shown + "is not understood, " + e.getMessage() + "; it is left out");
        }
    }

    private synchronized void warn(String warning) {
        warnings.add(warning);
    }
}
