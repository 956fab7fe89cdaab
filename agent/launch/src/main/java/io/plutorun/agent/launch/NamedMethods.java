package io.plutorun.agent.launch;

import io.plutorun.agent.launch.program.MainClass;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@code PLUTO_METHODS} names, tracked without {@code @PlutoRun}: entries separated by {@code ;}, each a {@link MethodPattern}, or an
 * annotation of the user's own such as {@code @com.acme.Experiment}.
 *
 * <p>To the engine this is a function from a class's internal name to the patterns that name methods of it: it can't see this type.
 */
final class NamedMethods implements Function<String, List<? extends BiPredicate<String, String>>> {

    /** How many leading parts of a package say whose code it is: {@code com.acme}. */
    private static final int OWNERS_PARTS = 2;

    /** How the command line begins of a source file that the JDK's launcher compiles; such a file seldom has a package. */
    private static final String SOURCE_LAUNCHER = "jdk.compiler/com.sun.tools.javac.launcher.";

    private final List<MethodPattern> patterns = new ArrayList<>();
    private final Map<String, List<String>> annotations = new LinkedHashMap<>();
    private final List<byte[]> descriptors = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    private NamedMethods() {}

    /** Parses; an entry with a mistake in it is left out, and told in {@link #errors()} with the position of the mistake. */
    static NamedMethods parse(@Nullable String text) {
        NamedMethods methods = new NamedMethods();
        int start = 0;
        while (text != null && start <= text.length()) {
            int end = text.indexOf(';', start);
            end = end < 0 ? text.length() : end;
            if (!text.substring(start, end).trim().isEmpty()) {
                MethodPattern.parse(text, start, end, methods.patterns, methods.annotations, methods.errors);
            }
            start = end + 1;
        }
        for (List<String> meant : methods.annotations.values()) {
            for (String descriptor : meant) {
                methods.descriptors.add(descriptor.getBytes(StandardCharsets.UTF_8));
            }
        }
        return methods;
    }

    List<String> errors() {
        return errors;
    }

    /** Whether any pattern names methods of the class. */
    boolean names(String internalName) {
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matchesClass(internalName)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<? extends BiPredicate<String, String>> apply(String internalName) {
        List<MethodPattern> matching = new ArrayList<>();
        for (MethodPattern pattern : patterns) {
            if (pattern.matchesClass(internalName)) {
                matching.add(pattern);
            }
        }
        return matching;
    }

    /** The descriptors of annotations, as they stand in class files. */
    List<byte[]> descriptors() {
        return descriptors;
    }

    /** All entries as they were written, with the descriptors of those that name an annotation. */
    Map<String, List<String>> entries() {
        Map<String, List<String>> entries = new LinkedHashMap<>();
        for (MethodPattern pattern : patterns) {
            entries.put(pattern.toString(), new ArrayList<String>());
        }
        entries.putAll(annotations);
        return entries;
    }

    /**
     * Whether a command line holds the beginning of a package that an entry names: a first look, before anybody finds out which program
     * it means.
     */
    boolean maySharePackageWith(String command) {
        int dot = command.indexOf('.');
        int blank = command.indexOf(' ');
        boolean hasNoPackage = dot < 0 || (blank >= 0 && blank < dot) || command.startsWith(SOURCE_LAUNCHER);
        for (String name : classNames()) {
            String start = packageStart(name);
            if (start != null && (start.isEmpty() ? hasNoPackage : command.contains(start.replace('/', '.') + "."))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the program is probably one of those that the entries are of. */
    boolean areProbablyOf(MainClass program) {
        for (String name : program.internalNames()) {
            if (sharePackageWith(name)) {
                return true;
            }
        }
        return program.isOfSource() && sharePackageWith("");
    }

    /** Whether an entry names a class whose package begins as this class's does, by which it is probably code of the same people. */
    boolean sharePackageWith(String internalName) {
        String its = packageStart(internalName);
        for (String name : classNames()) {
            if (its != null && its.equals(packageStart(name))) {
                return true;
            }
        }
        return false;
    }

    private List<String> classNames() {
        List<String> names = new ArrayList<>();
        for (MethodPattern pattern : patterns) {
            names.add(pattern.internalClassName());
        }
        for (List<String> meant : annotations.values()) {
            names.add(meant.get(0).substring(1));
        }
        return names;
    }

    /** The leading parts of a name's package; null where a wildcard stands in them. */
    private static @Nullable String packageStart(String internalName) {
        int end = -1;
        for (int part = 0; part < OWNERS_PARTS; part++) {
            int slash = internalName.indexOf('/', end + 1);
            if (slash < 0) {
                break;
            }
            end = slash;
        }
        String start = end < 0 ? "" : internalName.substring(0, end);
        boolean isCertain = start.indexOf('*') < 0 && internalName.indexOf("**") != 0;
        return isCertain ? start : null;
    }
}
