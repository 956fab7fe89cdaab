package io.plutorun.agent.files;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which files the settings mean, relative to the working directory: {@code *} and {@code ?} within a name, {@code **} for folders in folders.
 * The search is bounded in time and in what it looks at, and goes through no symbolic link to a folder that a wildcard has met.
 */
final class FilePattern {

    private static final Duration MAX_TIME = Duration.ofMillis(800);
    private static final int MAX_ENTRIES = 100_000;
    private static final int MAX_FILES = 1000;
    private static final int MAX_DEPTH = 32;

    private final String[] parts;
    private final boolean hasWildcard;
    private final boolean isAbsolute;
    private final BiConsumer<String, File> found;
    private long deadline;
    private int entries;
    private int files;

    /** The first folder that may not be read; null for none. */
    private @Nullable File unreadable;

    /** How many entries are meant whose names are lost, and the first of them; null for none. */
    private int lost;

    private @Nullable Path firstLost;

    /**
     * Reads a pattern.
     *
     * @param found takes each file with the name under which the pages are to show it: its path as the pattern has it, without the root of an
     *     absolute one. Of a pattern without wildcards it takes also what is no file
     */
    FilePattern(String pattern, BiConsumer<String, File> found) {
        this.parts = parts(pattern.replace(File.separatorChar, '/'));
        this.hasWildcard = hasWildcard(pattern);
        this.isAbsolute = new File(pattern).isAbsolute();
        this.found = found;
    }

    /** Two stars behind two stars mean no more than they do alone, and each pair would go through all folders once more. */
    private static String[] parts(String pattern) {
        List<String> parts = new ArrayList<>();
        for (String part : pattern.split("/", -1)) {
            if (!part.equals("**")
                    || parts.isEmpty()
                    || !parts.get(parts.size() - 1).equals("**")) {
                parts.add(part);
            }
        }
        return parts.toArray(new String[0]);
    }

    /** Looks for the files; returns what went wrong, for a person, and an empty text for nothing. */
    String search() {
        deadline = System.nanoTime() + MAX_TIME.toNanos();
        search(isAbsolute ? new File(parts[0] + "/") : new File("").getAbsoluteFile(), "", isAbsolute ? 1 : 0, 0);
        if (files > MAX_FILES) {
            return "it means more than " + MAX_FILES + " files; the first are uploaded";
        }
        if (isOver()) {
            return "there is too much to look at; name the folder";
        }
        if (unreadable != null) {
            return "the folder " + unreadable + " may not be read; it is passed over";
        }
        if (lost > 0) {
            return (lost == 1 ? "1 name holds" : lost + " names hold") + " characters that " + FileNames.LOST
                    + ", such as " + firstLost;
        }
        return files == 0 ? "no file is called so" : "";
    }

    private boolean isOver() {
        return entries > MAX_ENTRIES || System.nanoTime() - deadline > 0;
    }

    private void search(File folder, String path, int part, int depth) {
        if (isOver() || depth > MAX_DEPTH || files > MAX_FILES) {
            return;
        }
        String name = parts[part];
        if (name.equals("**")) {
            if (part + 1 < parts.length) {
                search(folder, path, part + 1, depth);
            }
            for (Path entry : entries(folder)) {
                String inner = name(entry);
                if (isRealFolder(entry) && !inner.startsWith(".") && isNamed(entry)) {
                    search(new File(folder, inner), path + inner + "/", part, depth + 1);
                }
            }
        } else if (!hasWildcard(name)) {
            File entry = new File(folder, name);
            if (part + 1 < parts.length || !hasWildcard || entry.isFile()) {
                meet(entry, path + name, part, depth);
            }
        } else {
            for (Path entry : entries(folder)) {
                String inner = name(entry);
                boolean isMeant = matches(name, inner) && (name.startsWith(".") || !inner.startsWith("."));
                boolean isLast = part + 1 == parts.length;
                if (isMeant && (isLast ? Files.isRegularFile(entry) : isRealFolder(entry)) && isNamed(entry)) {
                    meet(new File(folder, inner), path + inner, part, depth);
                }
            }
        }
    }

    private static boolean hasWildcard(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    private void meet(File entry, String path, int part, int depth) {
        if (part + 1 < parts.length) {
            search(entry, path + "/", part + 1, depth + 1);
        } else if (++files <= MAX_FILES) {
            found.accept(path, entry);
        }
    }

    /** What is in a folder, by name. */
    private List<Path> entries(File folder) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder.toPath())) {
            for (Path entry : inside) {
                found.add(entry);
                entries++;
                if (isOver()) {
                    break;
                }
            }
        } catch (AccessDeniedException e) {
            unreadable = unreadable == null ? folder : unreadable;
        } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
            // what can't be read holds no files that could be uploaded
        }
        found.sort(Comparator.comparing(FilePattern::name));
        return found;
    }

    private static String name(Path entry) {
        return String.valueOf(entry.getFileName());
    }

    private static boolean isRealFolder(Path entry) {
        return Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether an entry that is meant can be named by a text. The others are counted. */
    private boolean isNamed(Path entry) {
        boolean isLost = FileNames.isLost(entry);
        if (isLost && lost++ == 0) {
            firstLost = entry;
        }
        return !isLost;
    }

    /**
     * Whether a name is as a pattern says. What stands between two stars is taken at the first place where it fits: a later one would leave
     * less for what follows. So only the last star is ever tried anew, and the time grows with the product of both lengths at most.
     */
    private static boolean matches(String pattern, String name) {
        int i = 0;
        int star = -1;
        int starEnd = 0;
        for (int j = 0; j < name.length(); ) {
            char c = i < pattern.length() ? pattern.charAt(i) : 0;
            if (c == '*') {
                star = i++;
                starEnd = j;
            } else if (i < pattern.length() && (c == '?' || c == name.charAt(j))) {
                i++;
                j++;
            } else if (star >= 0) {
                i = star + 1;
                j = ++starEnd;
            } else {
                return false;
            }
        }
        while (i < pattern.length() && pattern.charAt(i) == '*') {
            i++;
        }
        return i == pattern.length();
    }
}
