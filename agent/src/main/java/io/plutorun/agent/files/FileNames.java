package io.plutorun.agent.files;

import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.OriginalTexts;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How files are called on the server: an object's key is made of the names, and the pages show a file by its extension. What a user names stays as
 * it is, but for a token in it.
 */
final class FileNames {

    /** Of each of the two names; a key may have 1,024 bytes. */
    private static final int MAX_LENGTH = 200;

    /** What is said of characters in the names of files that are lost. */
    static final String LOST = "the JVM can't read in this locale: rename them, or set LC_ALL=C.UTF-8";

    private FileNames() {}

    /** Whether a path's text does not lead back to it: the name is bytes that are no characters in this locale. */
    static boolean isLost(Path path) {
        String text = path.toString();
        if (!OriginalTexts.hasLost(text)) {
            return false;
        }
        try {
            return !Path.of(text).equals(path);
        } catch (InvalidPathException e) {
            return true;
        }
    }

    /** A name under which the pages show a file: without what would be another place in a key, or none. */
    static String logName(String given) {
        StringBuilder name = new StringBuilder();
        for (String part : Redactor.named(given).replace('\\', '/').split("/", -1)) {
            String clean = clean(part, true);
            if (!clean.isEmpty()) {
                name.append(name.length() == 0 ? "" : "/").append(clean);
            }
        }
        return name.length() == 0 ? "file" : cut(name.toString());
    }

    /** What a file is called: letters, digits, dots, hyphens and underscores of ASCII, as Pluto's own clients have it. */
    static String fileName(String given) {
        String clean = clean(Redactor.named(given), false);
        String extension = extension(clean);
        int most = MAX_LENGTH - extension.length() - 1;
        return clean.isEmpty()
                ? "file"
                : clean.length() <= MAX_LENGTH ? clean : clean.substring(0, most) + "." + extension;
    }

    private static String clean(String part, boolean lenient) {
        StringBuilder clean = new StringBuilder();
        boolean onlyDots = true;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
            boolean stays = plain || c == '.' || c == '_' || (lenient && c >= ' ' && c != 127);
            clean.append(stays ? c : '-');
            onlyDots &= c == '.';
        }
        return onlyDots ? "" : clean.toString();
    }

    /** The last folders tell more than the first ones, and the file itself the most. */
    private static String cut(String path) {
        String name = path;
        for (int slash = name.indexOf('/'); name.length() > MAX_LENGTH && slash >= 0; slash = name.indexOf('/')) {
            name = name.substring(slash + 1);
        }
        int end = Math.min(name.length(), MAX_LENGTH);
        return name.substring(0, end > 0 && Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end);
    }

    /** Another name for other bytes: with the beginning of their digest before the extension. */
    static String with(String fileName, String digest) {
        String extension = extension(fileName);
        String stem = fileName.substring(0, fileName.length() - (extension.isEmpty() ? 0 : extension.length() + 1));
        return stem + "-" + digest.substring(0, 8) + (extension.isEmpty() ? "" : "." + extension);
    }

    /** In lower case and without the dot; empty for none. */
    static String extension(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot <= 0 || fileName.length() - dot > 12
                ? ""
                : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** As what the pages show it: a type of {@code /api/runs/logName/add}. */
    static String logType(String extension) {
        return switch (extension) {
            case "png", "jpg", "jpeg", "gif", "svg", "webp" -> "IMAGE";
            case "wav", "mp3", "ogg" -> "AUDIO";
            case "mp4", "webm", "mov", "avi" -> "VIDEO";
            case "txt", "log" -> "TEXT";
            default -> "FILE";
        };
    }

    /** What a browser takes it for. */
    static String contentType(String extension) {
        @Nullable
        String type = switch (extension) {
            case "html", "css", "csv", "xml" -> "text/" + extension;
            case "txt", "log", "md" -> "text/plain";
            case "json", "pdf" -> "application/" + extension;
            case "svg" -> "image/svg+xml";
            case "jpg" -> "image/jpeg";
            case "png", "jpeg", "gif", "webp" -> "image/" + extension;
            case "mp4", "webm" -> "video/" + extension;
            case "wav", "ogg" -> "audio/" + extension;
            default -> null;
        };
        return type == null ? "application/octet-stream" : type;
    }
}
