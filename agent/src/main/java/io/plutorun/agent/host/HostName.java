package io.plutorun.agent.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's name for itself, without asking a name server where that can be avoided. */
public final class HostName {

    private HostName() {}

    /** The name; {@code localhost} when it can't be found out. */
    public static String of(JvmEnvironment jvm) {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            // not a Linux
        }
        String hostName = jvm.variable("HOSTNAME");
        String variable = hostName != null ? hostName : jvm.variable("COMPUTERNAME");
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
