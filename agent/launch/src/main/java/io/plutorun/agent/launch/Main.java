package io.plutorun.agent.launch;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** The entry point of {@code java -jar pluto-agent.jar}: loads the engine, and passes the command to it. */
public final class Main {

    private Main() {}

    /** Executes a command, and exits with its exit code; with 1 if this JVM is too old for the agent. */
    public static void main(String[] arguments) throws Throwable {
        String refusal = JavaVersion.refusal(System.getProperty("java.specification.version"));
        if (refusal != null) {
            Stderr.line(refusal);
            System.exit(1);
        }
        try {
            // null: a command has no agent arguments. The engine itself reads the environment and the system
            // properties.
            Object exitCode = Engine.open()
                    .loadClass(Engine.WIRING)
                    .getMethod("command", String[].class, Map.class)
                    .invoke(null, arguments, LaunchSettings.read(null).file());
            System.exit((Integer) exitCode);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
