package library;

/** Knows nothing of the agent; it is tracked by its name. */
public class Kernel {

    public static String fit() {
        return "fitted";
    }
}
