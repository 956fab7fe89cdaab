package io.plutorun.agent.lines;

/** Takes the codes out of a line by which terminals colour it (ECMA-48). */
final class AnsiCodes {

    private static final char ESCAPE = 0x1B;
    private static final char BELL = 0x07;

    private AnsiCodes() {}

    static String removed(String line) {
        int escape = line.indexOf(ESCAPE);
        if (escape < 0) {
            return line;
        }
        StringBuilder text = new StringBuilder(line.length());
        int from = 0;
        while (escape >= 0) {
            text.append(line, from, escape);
            from = end(line, escape + 1);
            escape = line.indexOf(ESCAPE, from);
        }
        return text.append(line, from, line.length()).toString();
    }

    /** Where the sequence ends whose introducer stands here. */
    private static int end(String line, int start) {
        if (start >= line.length()) {
            return line.length();
        }
        return switch (line.charAt(start)) {
            case '[' -> endOfControl(line, start + 1);
            case ']' -> endOfCommand(line, start + 1);
            default -> start + 1;
        };
    }

    private static int endOfControl(String line, int start) {
        int i = start;
        while (i < line.length() && line.charAt(i) >= ' ' && line.charAt(i) < '@') {
            i++;
        }
        return Math.min(i + 1, line.length());
    }

    /** A command to the terminal, such as a link's address, ends with a bell or {@code ESC \}. */
    private static int endOfCommand(String line, int start) {
        for (int i = start; i < line.length(); i++) {
            if (line.charAt(i) == BELL) {
                return i + 1;
            }
            if (line.charAt(i) == ESCAPE) {
                return Math.min(i + 2, line.length());
            }
        }
        return line.length();
    }
}
