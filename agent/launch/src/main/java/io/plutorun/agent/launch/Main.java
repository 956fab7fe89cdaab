package io.plutorun.agent.launch;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** {@code java -jar pluto-agent.jar}: hands the arguments to the engine's command line. */
public final class Main {

    private Main() {}

    /** Runs a command, and exits with its status. */
    public static void main(String[] arguments) throws Throwable {
        String refusal = JavaVersion.refusal(System.getProperty("java.specification.version"));
        if (refusal != null) {
            Stderr.line(refusal);
            System.exit(1);
        }
        try {
            Object status = Engine.open()
                    .loadClass(Engine.WIRING)
                    .getMethod("command", String[].class, Map.class)
                    .invoke(null, arguments, LaunchSettings.read(null).file());
            System.exit((Integer) status);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
