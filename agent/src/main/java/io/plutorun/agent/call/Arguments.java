package io.plutorun.agent.call;

import io.plutorun.agent.call.TrackedMethod.Parameter;
import io.plutorun.agent.objects.ObjectTrees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The arguments of one call, as values that can be recorded. */
public final class Arguments {

    /** A program that calls its main method itself may give it an array of any length. */
    private static final int MAX_WORDS = 10_000;

    private final TrackedMethod method;
    private final Object[] values;
    private final ObjectTrees trees;

    /**
     * Makes the arguments of a call.
     *
     * @param trees makes values that can be recorded
     */
    public Arguments(TrackedMethod method, Object[] values, ObjectTrees trees) {
        this.method = method;
        this.values = values;
        this.trees = trees;
    }

    /** The recordable value of an argument, by its position, its config name or its declared name. */
    Optional<String> text(String nameOrPosition) {
        for (int i = 0; i < method.parameters().size() && i < values.length; i++) {
            Parameter parameter = method.parameters().get(i);
            if (nameOrPosition.equals(String.valueOf(i))
                    || nameOrPosition.equals(parameter.name())
                    || nameOrPosition.equals(parameter.declaredName())) {
                return text(values[i]);
            }
        }
        return Optional.empty();
    }

    private Optional<String> text(@Nullable Object value) {
        Object tree = trees.of(value);
        if (value == null || tree == null) {
            return Optional.empty();
        }
        return Optional.of(fitsIntoName(tree) ? tree.toString() : ObjectTrees.className(value));
    }

    /**
     * An argument for config.
     *
     * @param name its parameter's name
     * @param isRenamed whether {@code @PlutoParam} gives the parameter that name
     * @param value its value, as it can be recorded
     */
    public record Captured(
            String name, boolean isRenamed, @Nullable Object value) {}

    /** The arguments that go into config: all, or those whose parameters ask for it. */
    public List<Captured> captured(boolean all) {
        List<Captured> captured = new ArrayList<>();
        for (int i = 0; i < method.parameters().size() && i < values.length; i++) {
            Parameter parameter = method.parameters().get(i);
            if (all || parameter.captured()) {
                captured.add(new Captured(parameter.name(), parameter.isRenamed(), trees.of(values[i])));
            }
        }
        return captured;
    }

    /**
     * The words of the command line, where the method is a program's main method and its argument goes into config; empty where not.
     *
     * @param all whether all arguments go into config
     */
    public List<String> commandLine(boolean all) {
        boolean captured = method.isMain() && (all || method.parameters().get(0).captured());
        if (!captured || values.length != 1 || !(values[0] instanceof String[] words) || words.length > MAX_WORDS) {
            return List.of();
        }
        List<String> line = new ArrayList<>(words.length);
        for (String word : words) {
            line.add(String.valueOf(word));
        }
        return line;
    }

    /** A placeholder stands in a name or a tag: what is more than a scalar or a list of scalars is told by the name of its class. */
    private static boolean fitsIntoName(Object tree) {
        if (!(tree instanceof List<?> elements)) {
            return !(tree instanceof Map<?, ?>);
        }
        for (Object element : elements) {
            if (element instanceof List<?> || element instanceof Map<?, ?>) {
                return false;
            }
        }
        return true;
    }
}
