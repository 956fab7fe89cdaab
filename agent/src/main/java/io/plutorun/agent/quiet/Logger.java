package io.plutorun.agent.quiet;

import org.jspecify.annotations.Nullable;

/** A logger that logs nothing, with the methods of {@code java.util.logging.Logger} that the bundled libraries use. */
public final class Logger {

    private static final Logger SILENT = new Logger();

    private Logger() {}

    public static Logger getLogger(@Nullable String name) {
        return SILENT;
    }

    public boolean isLoggable(@Nullable Level level) {
        return false;
    }

    public void log(@Nullable Level level, @Nullable String message) {}

    public void log(@Nullable Level level, @Nullable String message, @Nullable Throwable thrown) {}

    public void fine(@Nullable String message) {}

    public void info(@Nullable String message) {}

    public void warning(@Nullable String message) {}
}
