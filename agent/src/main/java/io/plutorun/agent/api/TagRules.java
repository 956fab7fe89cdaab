package io.plutorun.agent.api;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the server takes for tags: at most 50, and at most one that begins with {@code group:} (docs/pluto-api.md). */
public final class TagRules {

    /** How many tags a run may bear. */
    public static final int MAX_TAGS = 50;

    private static final String GROUP = "group:";

    private TagRules() {}

    /** Whether a tag puts its run into a group. */
    public static boolean isGroup(String tag) {
        return tag.startsWith(GROUP);
    }

    /** A run's own tags with others added: our group replaces the run's, and beyond 50 the run's own stay. */
    public static List<String> union(List<String> present, List<String> added) {
        return union(present, added, MAX_TAGS);
    }

    /** Tags that are to be added one after the other, to be added at once. */
    public static List<String> merged(List<String> first, List<String> then) {
        return union(first, then, Integer.MAX_VALUE);
    }

    private static List<String> union(List<String> present, List<String> added, int atMost) {
        String group = lastGroup(added);
        LinkedHashSet<String> union = new LinkedHashSet<>();
        for (String tag : present) {
            if (group == null || !isGroup(tag)) {
                union.add(tag);
            }
        }
        if (group != null && union.size() < atMost) { // first, so that a full run still changes its group
            union.add(group);
        }
        for (String tag : added) {
            if (!isGroup(tag) && union.size() < atMost) {
                union.add(tag);
            }
        }
        return new ArrayList<>(union);
    }

    /** The server takes one; where several are given one after the other, the last one counts. */
    private static @Nullable String lastGroup(List<String> tags) {
        String group = null;
        for (String tag : tags) {
            group = isGroup(tag) ? tag : group;
        }
        return group;
    }

    /** Which of the added tags found no room in a {@link #union}. */
    public static List<String> leftOut(List<String> union, List<String> added) {
        boolean hasGroup = union.stream().anyMatch(TagRules::isGroup);
        Set<String> kept = Set.copyOf(union);
        return added.stream()
                .filter(tag -> !kept.contains(tag) && !(hasGroup && isGroup(tag)))
                .toList();
    }
}
