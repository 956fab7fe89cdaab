package io.plutorun.agent.children;

import io.plutorun.agent.current.RunAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The address of the parent's run, as environment variables: {@code PLUTO_PARENT_RUN} and so on. */
public final class AddressVariables {

    private static final String NOT_CREATED = "not-created";

    private AddressVariables() {}

    /** What stands there; null where no run is named. */
    public static @Nullable RunAddress read(Function<String, @Nullable String> variables) {
        return RunAddress.of(key -> variables.apply(variable(key)));
    }

    /** Whether this process was started by a run's code, though the run may be none that {@link #read} knows. */
    public static boolean areSet(Function<String, @Nullable String> variables) {
        return variables.apply(variable(RunAddress.RUN)) != null;
    }

    /**
     * Sets them.
     *
     * @param run null for a run that the server does not have yet
     * @return what stood there before
     */
    static Map<String, String> set(Map<String, String> environment, @Nullable RunAddress run) {
        Map<String, String> before = take(environment);
        Map<String, String> texts = run == null ? Map.of(RunAddress.RUN, NOT_CREATED) : run.texts();
        texts.forEach((key, text) -> environment.put(variable(key), text));
        return before;
    }

    static void restore(Map<String, String> environment, Map<String, String> before) {
        var unused = take(environment);
        environment.putAll(before);
    }

    private static Map<String, String> take(Map<String, String> environment) {
        Map<String, String> taken = new HashMap<>();
        for (String key : RunAddress.KEYS) {
            String text = environment.remove(variable(key));
            if (text != null) {
                taken.put(variable(key), text);
            }
        }
        return taken;
    }

    /** {@code PLUTO_PARENT_RUN} of {@code pluto.run}. */
    private static String variable(String key) {
        return "PLUTO_PARENT_" + key.substring(key.indexOf('.') + 1).toUpperCase(Locale.ROOT);
    }
}
