package io.plutorun.agent.hook;

import io.plutorun.agent.hook.Hook.Moment;
import java.util.List;

/**
 * The hooks that one method has.
 *
 * @param method the method
 * @param hooks at least one, in the order in which their listeners are told
 */
public record MethodHooks(HookedMethod method, List<Hook> hooks) {

    /** Whether anybody is told when the method's body begins. */
    public boolean tellEntry() {
        return hooks.stream().anyMatch(Hook::isToldOfEntries);
    }

    /** Whether anybody is told when the method's body ends. */
    public boolean tellExit() {
        return hooks.stream().anyMatch(Hook::isToldOfExits);
    }

    /** Whether the method's arguments are kept for those who are told when its body ends. */
    public boolean keepArguments() {
        return hooks.stream().anyMatch(hook -> hook.moments().contains(Moment.EXIT_WITH_ARGUMENTS));
    }
}
