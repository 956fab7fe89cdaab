package io.plutorun.agent.quiet;

import java.security.Provider;

/**
 * {@code java.security.Security}, which OkHttp asks whether Conscrypt, OpenJSSE or Bouncy Castle is the preferred provider. None of them
 * can be: the agent's loader sees none. The real one would initialise all thirteen providers of the JDK to answer.
 */
public final class Security {

    private Security() {}

    /** One provider that is none of those. */
    public static Provider[] getProviders() {
        return new Provider[] {new Unnamed()};
    }

    private static final class Unnamed extends Provider {

        private static final long serialVersionUID = 1;

        Unnamed() {
            super("pluto", "1", "stands for the JDK's own providers");
        }
    }
}
