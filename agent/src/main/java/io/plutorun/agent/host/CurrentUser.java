package io.plutorun.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who this process runs as: in a container {@code user.name} may be {@code ?}, or what somebody put into an environment variable. */
public final class CurrentUser {

    private CurrentUser() {}

    /** The name that the file system knows the user by. */
    public static String name() {
        try {
            return Files.getOwner(Path.of("/proc/self")).getName();
        } catch (IOException | UnsupportedOperationException e) {
            return ProcessHandle.current().info().user().orElse("");
        }
    }
}
