package io.plutorun.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The checked-in list of what the engine may use of JDKs after Java 8.
 *
 * <p>A line that begins in its first column is a reason; the indented lines below it are what it is the reason for. An entry is a class,
 * {@code class#method(descriptor)}, {@code class#field:descriptor}, or {@code class#method} for all overloads of a method. {@code #} at
 * the beginning of a line makes it a comment.
 *
 * @param entries all of them
 */
record NewerMembers(Set<String> entries) {

    static NewerMembers read(Path list) throws IOException {
        return parse(Files.readAllLines(list));
    }

    /**
     * Reads the list.
     *
     * @throws IllegalArgumentException if an entry has no reason or stands there twice, or if a reason has no entry
     */
    static NewerMembers parse(List<String> lines) {
        Set<String> entries = new TreeSet<>();
        String reason = "";
        boolean used = true;
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (Character.isWhitespace(line.charAt(0))) {
                check(!reason.isEmpty(), "no reason stands above the entry " + line.strip());
                check(entries.add(line.strip()), "the list has this entry twice: " + line.strip());
                used = true;
            } else {
                check(used, "this reason has no entry: " + reason);
                reason = line.strip();
                used = false;
            }
        }
        check(used, "this reason has no entry: " + reason);
        return new NewerMembers(entries);
    }

    boolean has(String reference) {
        return entries.contains(reference) || entries.contains(withoutDescriptor(reference));
    }

    /** The entries that are for none of the references. */
    List<String> unusedBy(Collection<String> references) {
        Set<String> used = new TreeSet<>(references);
        references.forEach(reference -> used.add(withoutDescriptor(reference)));
        return entries.stream().filter(entry -> !used.contains(entry)).toList();
    }

    private static String withoutDescriptor(String reference) {
        int descriptor = reference.indexOf('(');
        return descriptor < 0 ? reference : reference.substring(0, descriptor);
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }
}
