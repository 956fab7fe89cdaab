package io.plutorun.agent.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The key that the server knows the user by.
 *
 * @param value the key itself; never printed
 * @param source the option that gave it
 */
public record ApiKey(String value, Source source) {

    /**
     * Finds the key: given itself, or in the file that is named, whichever stands in the higher source.
     *
     * @throws UnusableSettingsException when there is none, or none that can be sent; the message says what to do
     */
    public static ApiKey find(Settings settings) throws UnusableSettingsException {
        Optional<Sourced<String>> given = settings.find(Options.API_KEY);
        Optional<Sourced<String>> file = settings.find(Options.API_KEY_FILE);
        boolean fileIsHigher = given.isPresent()
                && file.isPresent()
                && file.get().source().rank() < given.get().source().rank();
        if (given.isPresent() && !fileIsHigher) {
            return checked(given.get().value(), given.get().source());
        }
        if (file.isPresent()) {
            return checked(read(file.get(), settings), file.get().source());
        }
        throw new UnusableSettingsException(
                "no API key: set PLUTO_API_KEY, or PLUTO_API_KEY_FILE to a file that holds it");
    }

    private static String read(Sourced<String> file, Settings settings) throws UnusableSettingsException {
        try {
            ByteBuffer content =
                    ByteBuffer.wrap(settings.read(Path.of(file.value().strip())));
            String text = StandardCharsets.UTF_8.newDecoder().decode(content).toString();
            return withoutByteOrderMark(text).strip();
        } catch (IOException | InvalidPathException e) {
            throw new UnusableSettingsException("the API key's file " + file.value() + " (" + file.source()
                    + ") can't be read (" + e + "): correct the path or its permissions");
        }
    }

    /** Editors on Windows write one ahead of a text. */
    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /**
     * A key goes into a header, where only visible ASCII may stand (RFC 9110, 5.5). Quotation marks come from files of variables that are
     * read literally, as by {@code docker run --env-file}.
     */
    private static ApiKey checked(String key, Source source) throws UnusableSettingsException {
        if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"' && c != '\'')) {
            throw new UnusableSettingsException("the API key from " + source
                    + (key.isEmpty()
                            ? " is empty"
                            : " holds characters that no key has, such as blanks or quotation marks")
                    + ": copy it again from the API keys page");
        }
        return new ApiKey(key, source);
    }

    @Override
    public String toString() {
        return "ApiKey[from " + source + "]";
    }
}
