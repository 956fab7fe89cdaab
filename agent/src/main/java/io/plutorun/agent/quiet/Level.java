package io.plutorun.agent.quiet;

/** The levels of {@code java.util.logging.Level} that the bundled libraries name. */
public final class Level {

    public static final Level FINE = new Level();
    public static final Level INFO = new Level();
    public static final Level WARNING = new Level();

    private Level() {}
}
