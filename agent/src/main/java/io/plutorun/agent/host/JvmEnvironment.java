package io.plutorun.agent.host;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a JVM was started with, and its clock. Read from the JVM in one place, the agent's {@code Wiring}, and handed on, so that a test
 * can give an environment of its own and nobody has to look for a variable's reader.
 *
 * @param variables the environment variables
 * @param properties from the name of a system property to its value now; the program may change one before its first tracked call
 * @param clock the time of records and journals
 */
public record JvmEnvironment(Map<String, String> variables, UnaryOperator<@Nullable String> properties, Clock clock) {

    /** The value of an environment variable; null when it is not set. */
    public @Nullable String variable(String name) {
        return variables.get(name);
    }

    /** The value of a system property; null when it is not set. */
    public @Nullable String property(String name) {
        return properties.apply(name);
    }

    /** The value of a system property, or what stands in for it. */
    public String property(String name, String otherwise) {
        String value = properties.apply(name);
        return value == null ? otherwise : value;
    }

    /**
     * The user's folder for caches; null where there is none. Throws where its name is one that no path can have, as one that is not ASCII in
     * the C locale. Source: XDG Base Directory Specification, by which a relative path counts as none.
     */
    public @Nullable Path cacheFolder() {
        String cache = variable("XDG_CACHE_HOME");
        if (cache != null && Path.of(cache.strip()).isAbsolute()) {
            return Path.of(cache.strip());
        }
        String home = property("user.home");
        return home != null && Path.of(home).isAbsolute() ? Path.of(home, ".cache") : null; // no home: "?"
    }
}
