package io.plutorun.agent.launch;

/** The agent's voice before the engine is there. One line a message, never on stdout. */
final class Stderr {

    private Stderr() {}

    static void line(String message) {
        System.err.println("pluto: " + message);
    }
}
