package io.plutorun.agent.children;

import io.plutorun.agent.current.RunAddress;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The address of the parent's run, as environment variables: {@code PLUTO_PARENT_RUN} and so on. */
public final class AddressVariables {

    private AddressVariables() {}

    /** What stands there; null where no run is named. */
    public static @Nullable RunAddress read(Function<String, @Nullable String> variables) {
        return RunAddress.of(key -> variables.apply(variable(key)));
    }

    static void set(Map<String, String> environment, RunAddress run) {
        clear(environment);
        run.texts().forEach((key, text) -> environment.put(variable(key), text));
    }

    static void clear(Map<String, String> environment) {
        RunAddress.KEYS.forEach(key -> environment.remove(variable(key)));
    }

    /** {@code PLUTO_PARENT_RUN} of {@code pluto.run}. */
    private static String variable(String key) {
        return "PLUTO_PARENT_" + key.substring(key.indexOf('.') + 1).toUpperCase(Locale.ROOT);
    }
}
