package io.plutorun.agent.hook;

import java.util.ArrayList;
import java.util.List;

/** Knows the hooks of classes. Asked for each class that is loaded, so it is quick where there are none. */
public interface HookSource {

    /**
     * The hooks that may have methods in a class.
     *
     * @param className the internal name, {@code com/acme/Trainer}
     */
    List<Hook> hooksIn(String className);

    /** Whether it may have hooks of the JDK's classes: see {@link Hook#ofJdk}. */
    boolean hasHooksOfJdk();

    /** A source of hooks that are there. */
    static HookSource of(List<Hook> hooks) {
        List<Hook> all = List.copyOf(hooks);
        boolean hasHooksOfJdk = all.stream().anyMatch(Hook::ofJdk);
        return new HookSource() {
            @Override
            public List<Hook> hooksIn(String className) {
                List<Hook> its = new ArrayList<>();
                for (Hook hook : all) {
                    if (!hook.methods().apply(className).isEmpty()) {
                        its.add(hook);
                    }
                }
                return its;
            }

            @Override
            public boolean hasHooksOfJdk() {
                return hasHooksOfJdk;
            }
        };
    }
}
