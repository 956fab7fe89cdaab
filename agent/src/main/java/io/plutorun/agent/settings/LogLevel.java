package io.plutorun.agent.settings;

/** How severe a line is; names and numbers are those of Python's {@code logging}, which Pluto's SDK uses. */
public enum LogLevel {
    DEBUG(10),
    INFO(20),
    WARNING(30),
    ERROR(40),
    CRITICAL(50);

    private final int number;

    LogLevel(int number) {
        this.number = number;
    }

    static LogLevel parse(String text) {
        String trimmed = text.strip();
        for (LogLevel level : values()) {
            if (level.name().equalsIgnoreCase(trimmed)) {
                return level;
            }
        }
        try {
            return ofNumber(Integer.parseInt(trimmed));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("DEBUG, INFO, WARNING, ERROR, CRITICAL or a number is expected");
        }
    }

    /** The least level that is at least as severe as the number. */
    private static LogLevel ofNumber(int number) {
        for (LogLevel level : values()) {
            if (number <= level.number) {
                return level;
            }
        }
        return CRITICAL;
    }
}
