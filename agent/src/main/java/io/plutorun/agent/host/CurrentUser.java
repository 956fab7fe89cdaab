package io.plutorun.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Who this process runs as: in a container {@code user.name} may be {@code ?}, or what somebody put into an environment variable. */
public final class CurrentUser {

    private static final String NUMBER_OF_OWNER = "unix:uid";

    private CurrentUser() {}

    /** Whether a file or folder belongs to the user. A link is not followed. */
    public static boolean owns(Path existing) throws IOException {
        Object own = Own.NUMBER;
        return own == null
                ? Files.getOwner(existing, LinkOption.NOFOLLOW_LINKS).getName().equals(name())
                : own.equals(Files.getAttribute(existing, NUMBER_OF_OWNER, LinkOption.NOFOLLOW_LINKS));
    }

    /** Found out once: a JVM does not change its user. */
    private static final class Own {
        private static final @Nullable Object NUMBER = number();
    }

    /** By number the file system need not look into its list of users, which it reads anew each time. Null where users have none. */
    private static @Nullable Object number() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), NUMBER_OF_OWNER);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** The name that the file system knows the user by. */
    public static String name() {
        try {
            return Files.getOwner(Path.of("/proc/self")).getName();
        } catch (IOException | UnsupportedOperationException e) {
            return ProcessHandle.current().info().user().orElse("");
        }
    }
}
