package io.plutorun.agent.launch;

import org.jspecify.annotations.Nullable;

/** Whether the agent can work in a JVM: it needs Java 17. */
final class JavaVersion {

    private static final int OLDEST = 17;

    private JavaVersion() {}

    /**
     * Judges a value of {@code java.specification.version}, which is {@code 1.8} for Java 8, and the bare number since Java 9.
     *
     * @return what to tell the user; null when the JVM is new enough, or does not tell its version
     */
    static @Nullable String refusal(@Nullable String specificationVersion) {
        if (specificationVersion == null) {
            return null;
        }
        int feature;
        try {
            feature = specificationVersion.startsWith("1.")
                    ? Integer.parseInt(specificationVersion.substring(2))
                    : Integer.parseInt(specificationVersion);
        } catch (NumberFormatException e) {
            return null;
        }
        return feature >= OLDEST
                ? null
                : "the agent needs Java " + OLDEST + " or newer, this JVM is Java " + feature
                        + "; the program runs untracked";
    }
}
