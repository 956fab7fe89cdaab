package io.plutorun.agent.api;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

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
        boolean ourGroup = added.stream().anyMatch(TagRules::isGroup);
        LinkedHashSet<String> union = new LinkedHashSet<>();
        for (String tag : present) {
            if (!(ourGroup && isGroup(tag))) {
                union.add(tag);
            }
        }
        for (String tag : added) { // first, so that a full run still changes its group
            if (isGroup(tag) && union.size() < MAX_TAGS) {
                union.add(tag);
            }
        }
        for (String tag : added) {
            if (union.size() < MAX_TAGS) {
                union.add(tag);
            }
        }
        return new ArrayList<>(union);
    }
}
