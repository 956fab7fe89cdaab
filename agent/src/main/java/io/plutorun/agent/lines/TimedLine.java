package io.plutorun.agent.lines;

/**
 * A line that an expression may look at for a limited time. The time is looked at now and then only, and not before the expression has
 * looked at many characters: so it is not blamed for what the machine does meanwhile.
 */
final class TimedLine implements CharSequence {

    /** Java's expressions need 1 ms for so many at least, also before they are compiled. */
    private static final int CHARACTERS_AT_LEAST = 1 << 14;

    private static final int CHARACTERS_BETWEEN = 1 << 8;

    private final String line;
    private final long deadline;
    private int looked;

    /**
     * Makes it.
     *
     * @param deadline until when, by {@link System#nanoTime}
     */
    TimedLine(String line, long deadline) {
        this.line = line;
        this.deadline = deadline;
    }

    @Override
    public char charAt(int index) {
        looked++;
        if (looked >= CHARACTERS_AT_LEAST && looked % CHARACTERS_BETWEEN == 0 && System.nanoTime() - deadline > 0) {
            throw new TooSlowException();
        }
        return line.charAt(index);
    }

    @Override
    public int length() {
        return line.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return line.substring(start, end);
    }

    @Override
    public String toString() {
        return line;
    }

    /** The time is over. */
    static final class TooSlowException extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooSlowException() {
            super("too slow", null, false, false);
        }
    }
}
