package io.plutorun.agent.values;

import io.plutorun.agent.api.TagRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tags that a run was given. Those for which the server has no room are left out where they are given, and the first of them is told. */
final class RunTags {

    private final Consumer<String> full;
    private final Set<String> given = new HashSet<>();
    private @Nullable String group;
    private boolean isTold;

    /**
     * Makes it.
     *
     * @param atStart what the run begins with
     * @param full hears, once, of the first tag that is left out
     */
    RunTags(List<String> atStart, Consumer<String> full) {
        this.full = full;
        for (String tag : atStart) {
            group = TagRules.isGroup(tag) ? tag : group;
            given.add(tag);
        }
        given.remove(group);
    }

    /** Takes tags; returns those that are new and that the run has room for. A group takes the place of the one before. */
    List<String> add(List<String> tags) {
        List<String> added = new ArrayList<>();
        String leftOut = null;
        synchronized (this) {
            for (String tag : tags) {
                if (tag.equals(group) || given.contains(tag)) {
                    continue;
                }
                boolean isGroup = TagRules.isGroup(tag);
                int others = given.size() + (group == null || isGroup ? 0 : 1);
                if (others >= TagRules.MAX_TAGS) {
                    leftOut = leftOut == null && !isTold ? tag : leftOut;
                    continue;
                }
                if (isGroup) {
                    group = tag;
                } else {
                    given.add(tag);
                }
                added.add(tag);
            }
            isTold |= leftOut != null;
        }
        if (leftOut != null) {
            full.accept(leftOut);
        }
        return added;
    }
}
