package io.plutorun.bench.programs;

/** An agent that does nothing: what the JVM takes for any agent. */
public final class EmptyAgent {

    private EmptyAgent() {}

    public static void premain(String arguments) {}
}
