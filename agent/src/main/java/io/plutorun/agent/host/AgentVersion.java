package io.plutorun.agent.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The agent's own version, which the build writes down. */
public final class AgentVersion {

    private AgentVersion() {}

    /** The version; {@code unknown} where the build did not write it. */
    public static String get() {
        try (InputStream in = AgentVersion.class.getResourceAsStream("version.txt")) {
            return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
