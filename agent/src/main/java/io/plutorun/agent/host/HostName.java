package io.plutorun.agent.host;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The machine's name for itself, without asking a name server where that can be avoided. */
public final class HostName {

    private HostName() {}

    /** The name that was found first: it does not change while the JVM lives. */
    private static volatile @Nullable String found;

    /** The name; {@code localhost} when it can't be found out. */
    public static String of(JvmEnvironment jvm) {
        String name = found;
        if (name == null) {
            String variable = jvm.variable("HOSTNAME");
            name = find(variable != null ? variable : jvm.variable("COMPUTERNAME"));
            found = name;
        }
        return name;
    }

    /** The name as {@link #of} has found it, or as it is found without variables. */
    public static String known() {
        String name = found;
        return name == null ? find(null) : name;
    }

    private static String find(@Nullable String variable) {
        try (InputStream in = new FileInputStream("/proc/sys/kernel/hostname")) { // no channel: it loads many classes
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            // not a Linux
        }
        if (variable != null && !variable.isBlank()) {
            return variable.strip();
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
