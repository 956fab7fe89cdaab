package io.plutorun.agent.edge;

import io.plutorun.agent.edge.QueuedLines.Opened;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.settings.LogLevel;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the agent says to a person: lines that begin with {@code pluto: }, on stderr or in a file, never on stdout.
 *
 * <p>It writes to the file descriptor, not to {@code System.err}: that may have been replaced by the program, which must not find the
 * agent's lines in what it captures. Each line is one write, so that lines of several threads and processes do not mix.
 *
 * <p>No thread that prints a line ever waits for it to be written: nobody may be reading stderr. See {@link QueuedLines}. When the JVM
 * ends, a shutdown hook of the console's own waits a moment for the lines that were printed before; who prints lines during the JVM's
 * end calls {@link #flush} behind them.
 */
public final class Console {

    /** How long the JVM's end waits for lines that are not written yet. */
    public static final Duration FLUSH_AT_THE_END = Duration.ofMillis(500);

    /** What makes an error the same as an earlier one holds the server's words: kinds beyond these are counted as one. */
    private static final int MAX_KINDS = 200;

    private static final int MAX_KIND_LENGTH = 200;
    private static final String OTHER_KINDS = "other kinds";

    /** A server's words, a path or the value of a setting may be as long as they like. */
    private static final int MAX_LENGTH = 2_000;

    /** How much of a longer line's end is kept: there stands what to do. */
    private static final int MAX_END = 500;

    private final Redactor redactor;
    private final LogLevel least;
    private final LineSink sink;
    private final Map<String, Integer> repetitions = new HashMap<>();

    private Console(Redactor redactor, LogLevel least, LineSink sink) {
        this.redactor = redactor;
        this.least = least;
        this.sink = sink;
    }

    /** A console over a stream that can't block; each line is written on the thread that prints it. */
    public static Console over(OutputStream out, Redactor redactor, LogLevel least) {
        return new Console(redactor, least, new LineSink.Direct(out, StandardCharsets.UTF_8));
    }

    /**
     * The console of this process.
     *
     * @param logFile where the lines go instead of stderr; where it can't be written, stderr is used and says so
     * @param jvm tells the encoding of stderr
     */
    public static Console of(Redactor redactor, LogLevel least, @Nullable String logFile, JvmEnvironment jvm) {
        QueuedLines lines = new QueuedLines(
                () -> logFile == null ? stderr(jvm) : file(logFile, redactor, jvm), QueuedLines::thread);
        return new Console(redactor, least, new QueuedLines.FlushedAtTheEnd(lines, FLUSH_AT_THE_END));
    }

    private static Opened stderr(JvmEnvironment jvm) {
        return new Opened(new FileOutputStream(FileDescriptor.err), stderrCharset(jvm));
    }

    /** Opens the log file, on the thread that writes: a FIFO that nobody reads, or a disk that hangs, holds up nobody else. */
    private static Opened file(String logFile, Redactor redactor, JvmEnvironment jvm) throws IOException {
        try {
            return new Opened(
                    Files.newOutputStream(Path.of(logFile), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException | SecurityException e) {
            Opened stderr = stderr(jvm);
            String problem =
                    "the log file " + logFile + " can't be written (" + e + "); the agent's lines go to stderr";
            stderr.write(line(redactor.text(problem)));
            return stderr;
        }
    }

    /**
     * Waits until the lines printed before this call are written, or known to be lost.
     *
     * @param atMost how long
     * @return whether that was so in time
     */
    public boolean flush(Duration atMost) {
        return sink.flush(atMost);
    }

    /** What happened, as expected. */
    public void info(String line) {
        print(LogLevel.INFO, line);
    }

    /** What the agent mended or left out. */
    public void warn(String line) {
        print(LogLevel.WARNING, line);
    }

    /** What went wrong, and what to do. */
    public void error(String line) {
        print(LogLevel.ERROR, line);
    }

    /** What helps to find out why. */
    public void debug(String line) {
        print(LogLevel.DEBUG, line);
    }

    /**
     * Prints an error that may come again and again: at its first, second, fourth, eighth… time, with the number of the time.
     *
     * @param kind errors of the same kind are counted together, whatever their lines say
     */
    public void errorCounted(String kind, String line) {
        int times;
        synchronized (repetitions) {
            String key = kind.length() <= MAX_KIND_LENGTH ? kind : kind.substring(0, MAX_KIND_LENGTH) + kind.hashCode();
            boolean known = repetitions.containsKey(key) || repetitions.size() < MAX_KINDS;
            times = repetitions.merge(known ? key : OTHER_KINDS, 1, Integer::sum);
        }
        if (Integer.bitCount(times) == 1) {
            error(times == 1 ? line : line + " (time " + times + ")");
        }
    }

    private void print(LogLevel level, String line) {
        if (level.compareTo(least) >= 0) {
            sink.line(line(redactor.text(line)));
        }
    }

    private static String line(String text) {
        return "pluto: " + oneLine(shortened(text)) + System.lineSeparator();
    }

    /** Behind the redactor: of a secret that was cut it would not know the rest. */
    private static String shortened(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int begin = MAX_LENGTH - MAX_END;
        int end = text.length() - MAX_END;
        begin -= Character.isHighSurrogate(text.charAt(begin - 1)) ? 1 : 0;
        end += Character.isLowSurrogate(text.charAt(end)) ? 1 : 0;
        return text.substring(0, begin) + " … " + text.substring(end);
    }

    /** A server's words may hold line breaks, escape sequences that a terminal would obey, or marks that turn the direction of the text. */
    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            line.append(Character.isISOControl(c) || (c >= '\u2028' && c <= '\u202E') || isDirection(c) ? ' ' : c);
        }
        return line.toString();
    }

    /** The marks of Unicode's bidirectional algorithm that do not stand between the line separator and U+202E. */
    private static boolean isDirection(char c) {
        return c == '\u200E' || c == '\u200F' || c == '\u061C' || (c >= '\u2066' && c <= '\u2069');
    }

    private static Charset stderrCharset(JvmEnvironment jvm) {
        String name = jvm.property("stderr.encoding", jvm.property("native.encoding", "UTF-8"));
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
