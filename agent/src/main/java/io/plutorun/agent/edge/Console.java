package io.plutorun.agent.edge;

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
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the agent says to a person: lines that begin with {@code pluto: }, on stderr or in a file, never on stdout.
 *
 * <p>It writes to the file descriptor, not to {@code System.err}: that may have been replaced by the program, which must not find the
 * agent's lines in what it captures. Each line is one write, so that lines of several threads and processes do not mix.
 */
public final class Console {

    private final Redactor redactor;
    private final LogLevel least;
    private final OutputStream out;
    private final Charset charset;
    private final Map<String, Integer> repetitions = new HashMap<>();

    private Console(Redactor redactor, LogLevel least, OutputStream out, Charset charset) {
        this.redactor = redactor;
        this.least = least;
        this.out = out;
        this.charset = charset;
    }

    /** A console over any stream. */
    public static Console over(OutputStream out, Redactor redactor, LogLevel least) {
        return new Console(redactor, least, out, StandardCharsets.UTF_8);
    }

    /**
     * The console of this process.
     *
     * @param logFile where the lines go instead of stderr; where it can't be written, stderr is used and says so
     * @param jvm tells the encoding of stderr
     */
    public static Console of(Redactor redactor, LogLevel least, @Nullable String logFile, JvmEnvironment jvm) {
        Console stderr = new Console(redactor, least, new FileOutputStream(FileDescriptor.err), stderrCharset(jvm));
        if (logFile == null) {
            return stderr;
        }
        try {
            OutputStream file =
                    Files.newOutputStream(Path.of(logFile), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return new Console(redactor, least, file, StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException e) {
            stderr.warn("the log file " + logFile + " can't be written (" + e + "); the agent's lines go to stderr");
            return stderr;
        }
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

    /** An error that may come again and again: told the first, second, fourth, eighth… time, with the count of the times kept back. */
    public void errorCounted(String kind, String line) {
        int times;
        synchronized (repetitions) {
            times = repetitions.merge(kind, 1, Integer::sum);
        }
        if (Integer.bitCount(times) == 1) {
            error(times == 1 ? line : line + " (time " + times + ")");
        }
    }

    private void print(LogLevel level, String line) {
        if (level.compareTo(least) < 0) {
            return;
        }
        byte[] bytes = ("pluto: " + oneLine(redactor.text(line)) + System.lineSeparator()).getBytes(charset);
        try {
            synchronized (out) {
                out.write(bytes);
            }
        } catch (IOException e) {
            // nobody is there to be told
        }
    }

    /** A server's words may hold line breaks, or escape sequences that a terminal would obey. */
    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            line.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c);
        }
        return line.toString();
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
