package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;

/** Loads a tracked class, enters no tracked method, and waits until the agent's thread, if there is one, has ended; tells what is open. */
public final class LoadedOnly {

    private LoadedOnly() {}

    public static void main(String[] args) throws Exception {
        Class.forName(LoadedOnly.class.getName() + "$Training");
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("pluto-")) {
                System.err.println(thread.getName() + ", daemon " + thread.isDaemon() + ", loader "
                        + thread.getContextClassLoader());
                thread.join();
            }
        }
        Idle.main(args);
    }

    static final class Training {

        private Training() {}

        @PlutoRun(project = "work")
        static void train() {}
    }
}
