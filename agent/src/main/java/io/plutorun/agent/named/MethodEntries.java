package io.plutorun.agent.named;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The entries of {@code PLUTO_METHODS}: what they name in a class, and which of them have met a method. */
public final class MethodEntries {

    /** Nobody names any. */
    public static final MethodEntries NONE = new MethodEntries(className -> List.of(), Map.of());

    /** A wildcard may match the names of a million classes. */
    private static final int MAX_METHODS = 1000;

    private final Function<String, ? extends List<? extends BiPredicate<String, String>>> patterns;
    private final List<String> entries;
    private final Map<String, String> annotations = new HashMap<>();
    private final Set<String> settled = ConcurrentHashMap.newKeySet();
    private final Set<String> others = new TreeSet<>();
    private volatile boolean anyMet;

    /**
     * Makes the entries.
     *
     * @param patterns from a class's internal name to the patterns that name methods of it; each tests a name and a descriptor, and its
     *     text is its entry
     * @param entries all entries as the user wrote them, with the descriptors of annotations that one may mean; none for a method's
     */
    public MethodEntries(
            Function<String, ? extends List<? extends BiPredicate<String, String>>> patterns,
            Map<String, List<String>> entries) {
        this.patterns = patterns;
        this.entries = List.copyOf(entries.keySet());
        entries.forEach((entry, descriptors) -> descriptors.forEach(descriptor -> annotations.put(descriptor, entry)));
    }

    /** The patterns that name methods of a class. */
    public List<? extends BiPredicate<String, String>> of(String internalName) {
        return patterns.apply(internalName);
    }

    /** The entry that names an annotation; null where none does. */
    public @Nullable String ofAnnotation(String descriptor) {
        return annotations.get(descriptor);
    }

    /** A method was met that an entry names. */
    public void met(String entry) {
        anyMet = true;
        settled.add(entry);
    }

    /** It was told already why what an entry names can't be met. */
    public void told(String entry) {
        settled.add(entry);
    }

    /** A class matches an entry's pattern, and none of its methods does: what it has instead may be what was meant. */
    public void hasOtherMethods(String className, List<String> methods) {
        synchronized (others) {
            for (String method : methods) {
                if (others.size() < MAX_METHODS) {
                    others.add(className + "#" + method);
                }
            }
        }
    }

    boolean isAnyMet() {
        return anyMet;
    }

    /** The entries that nothing was heard of. */
    List<String> neverMet() {
        List<String> never = new ArrayList<>(entries);
        never.removeAll(settled);
        return never;
    }

    List<String> otherMethods() {
        synchronized (others) {
            return new ArrayList<>(others);
        }
    }
}
