package io.plutorun.agent.sweep;

import io.plutorun.agent.api.TagRules;
import io.plutorun.agent.call.TrackedMethod;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.spec.Specification;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sweeps of this JVM. From the second run on, runs of one method in one project that differ in captured arguments bear the tag {@code
 * sweep:<id>} and {@code config.sweep}, as runs of Pluto's Python SDK do; the first one gets both afterwards.
 */
public final class Sweeps {

    private final boolean enabled;
    private final Redactor redactor;
    private final Map<SweepKey, Sweep> sweeps = new ConcurrentHashMap<>();

    private record SweepKey(TrackedMethod method, String project) {}

    /**
     * Makes it.
     *
     * @param enabled whether runs are to be told apart at all
     * @param redactor what a value passes before it is listed
     */
    public Sweeps(boolean enabled, Redactor redactor) {
        this.enabled = enabled;
        this.redactor = redactor;
    }

    /** A call that may open a run. A run that bears a sweep's tag already, or whose tags another process gives, is left as it is. */
    public Trial enter(Specification asked) {
        boolean mayBelong = enabled
                && !asked.arguments().isEmpty()
                && !asked.start().part().follows()
                && asked.start().tags().size() < TagRules.MAX_TAGS
                && asked.start().tags().stream().noneMatch(tag -> tag.startsWith(Sweep.TAG));
        if (!mayBelong) {
            return Trial.alone(asked);
        }
        SweepKey key = new SweepKey(asked.method(), asked.start().project());
        return sweeps.computeIfAbsent(key, first -> new Sweep(redactor)).enter(asked);
    }
}
