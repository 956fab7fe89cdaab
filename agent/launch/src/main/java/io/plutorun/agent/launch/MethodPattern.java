package io.plutorun.agent.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code PLUTO_METHODS}: {@code com.acme.Trainer#train}, {@code com.acme.*Job#run(java.lang.String[])}, {@code
 * **.Trainer#fit*}.
 *
 * <p>{@code *} stands for any characters within a name, {@code **} also crosses packages. Nested classes are named {@code Outer$Inner}, as
 * the JVM does, or {@code Outer.Inner}. Without parameter types every overload matches.
 *
 * <p>As a predicate it tests a method's name and descriptor; its text is the entry as the user wrote it.
 */
final class MethodPattern implements BiPredicate<String, String> {

    private final String text;
    private final String internalClassName;

    /** The same with {@code $} before nested classes, where the user wrote {@code Outer.Inner}; null where the name has none. */
    private final @Nullable String nestedClassName;

    private final String methodName;
    private final @Nullable String parameterDescriptor;

    private MethodPattern(
            String text, String internalClassName, String methodName, @Nullable String parameterDescriptor) {
        this.text = text;
        this.internalClassName = internalClassName;
        this.nestedClassName = nested(internalClassName);
        this.methodName = methodName;
        this.parameterDescriptor = parameterDescriptor;
    }

    /**
     * Parses the entry between two indices of the whole text, into one more pattern, one more annotation, or one more error.
     *
     * <p>The exception does not leave this class: whoever catches it makes the verifier load it, and an idle JVM has no use for it.
     */
    static void parse(
            String whole,
            int start,
            int end,
            List<MethodPattern> patterns,
            Map<String, List<String>> annotations,
            List<String> errors) {
        try {
            if (entry(whole, start, end).charAt(0) == '@') {
                annotations.put(entry(whole, start, end), annotation(whole, start, end));
            } else {
                patterns.add(parse(whole, start, end));
            }
        } catch (SyntaxException e) {
            errors.add(e.getMessage());
        }
    }

    private static String entry(String whole, int start, int end) {
        return whole.substring(start, end).trim();
    }

    /** The descriptors of the annotation that an entry such as {@code @com.acme.Experiment} may mean. */
    private static List<String> annotation(String whole, int start, int end) throws SyntaxException {
        String entry = entry(whole, start, end);
        int from = whole.indexOf(entry, start);
        checkName(entry, from, 1, entry.length(), "the annotation's name", true);
        if (entry.indexOf('*') >= 0) {
            throw new SyntaxException(entry, from + entry.indexOf('*'), "'*' can't stand in the annotation's name");
        }
        String name = entry.substring(1).replace('.', '/');
        String nested = nested(name);
        List<String> descriptors = new ArrayList<>();
        descriptors.add("L" + name + ";");
        if (nested != null) {
            descriptors.add("L" + nested + ";");
        }
        return descriptors;
    }

    /**
     * Parses the entry between two indices of the whole text.
     *
     * @throws SyntaxException with the position in the whole text, counted from 1
     */
    static MethodPattern parse(String whole, int start, int end) throws SyntaxException {
        String entry = entry(whole, start, end);
        int from = whole.indexOf(entry, start);
        int hash = entry.indexOf('#');
        if (hash < 0) {
            throw new SyntaxException(entry, from + entry.length(), "'#' is missing");
        }
        int open = entry.indexOf('(', hash);
        int nameEnd = open < 0 ? entry.length() : open;
        checkName(entry, from, 0, hash, "the class name", true);
        checkName(entry, from, hash + 1, nameEnd, "the method name", false);
        String parameters = null;
        if (open >= 0) {
            if (entry.charAt(entry.length() - 1) != ')') {
                throw new SyntaxException(entry, from + entry.length(), "')' is missing");
            }
            parameters = parameterDescriptor(entry, from, open + 1, entry.length() - 1);
        }
        return new MethodPattern(
                entry, entry.substring(0, hash).replace('.', '/'), entry.substring(hash + 1, nameEnd), parameters);
    }

    /** The class's name as it was written, with slashes. */
    String internalClassName() {
        return internalClassName;
    }

    boolean matchesClass(String internalName) {
        return Glob.matches(internalClassName, internalName)
                || (nestedClassName != null && Glob.matches(nestedClassName, internalName));
    }

    /** By the custom that packages begin with a small letter and classes with a capital one, what follows a class is nested in it. */
    private static @Nullable String nested(String name) {
        StringBuilder nested = new StringBuilder(name);
        boolean inClass = false;
        boolean changed = false;
        boolean segmentBegins = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '/') {
                if (inClass) {
                    nested.setCharAt(i, '$');
                    changed = true;
                }
                segmentBegins = true;
            } else {
                inClass |= segmentBegins && Character.isUpperCase(c);
                segmentBegins = false;
            }
        }
        return changed ? nested.toString() : null;
    }

    @Override
    public boolean test(String name, String descriptor) {
        return Glob.matches(methodName, name)
                && (parameterDescriptor == null || descriptor.startsWith(parameterDescriptor));
    }

    @Override
    public String toString() {
        return text;
    }

    private static void checkName(String entry, int offset, int start, int end, String what, boolean dots)
            throws SyntaxException {
        if (start == end) {
            throw new SyntaxException(entry, offset + start, what + " is missing");
        }
        for (int i = start; i < end; i++) {
            char c = entry.charAt(i);
            if (!Character.isJavaIdentifierPart(c) && c != '*' && !(dots && c == '.') && c != '-') {
                throw new SyntaxException(entry, offset + i, "'" + c + "' can't stand in " + what);
            }
            if (c == '.' && (i == start || i == end - 1 || entry.charAt(i - 1) == '.')) {
                throw new SyntaxException(entry, offset + i, "a name is missing beside the dot");
            }
        }
    }

    private static String parameterDescriptor(String entry, int offset, int start, int end) throws SyntaxException {
        StringBuilder descriptor = new StringBuilder("(");
        if (!entry.substring(start, end).trim().isEmpty()) {
            int from = start;
            for (String type : split(entry.substring(start, end))) {
                int blanks = type.indexOf(type.trim());
                descriptor.append(typeDescriptor(type.trim(), entry, offset + from + blanks));
                from += type.length() + 1;
            }
        }
        return descriptor.append(')').toString();
    }

    private static List<String> split(String types) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int comma = types.indexOf(','); comma >= 0; comma = types.indexOf(',', start)) {
            parts.add(types.substring(start, comma));
            start = comma + 1;
        }
        parts.add(types.substring(start));
        return parts;
    }

    private static String typeDescriptor(String type, String entry, int position) throws SyntaxException {
        String element = type.endsWith("...") ? type.substring(0, type.length() - 3) + "[]" : type;
        StringBuilder dimensions = new StringBuilder();
        while (element.endsWith("[]")) {
            dimensions.append('[');
            element = element.substring(0, element.length() - 2).trim();
        }
        if (element.isEmpty()) {
            throw new SyntaxException(entry, position, "a parameter type is missing");
        }
        if (!isTypeName(element)) {
            throw new SyntaxException(entry, position, "\"" + type + "\" is no type name");
        }
        return dimensions.append(elementDescriptor(element)).toString();
    }

    private static boolean isTypeName(String text) {
        boolean nameExpected = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (nameExpected ? !Character.isJavaIdentifierStart(c) : c != '.' && !Character.isJavaIdentifierPart(c)) {
                return false;
            }
            nameExpected = c == '.';
        }
        return !nameExpected && !text.equals("void");
    }

    private static String elementDescriptor(String name) {
        switch (name) {
            case "boolean":
                return "Z";
            case "byte":
                return "B";
            case "char":
                return "C";
            case "short":
                return "S";
            case "int":
                return "I";
            case "long":
                return "J";
            case "float":
                return "F";
            case "double":
                return "D";
            case "String":
                return "Ljava/lang/String;"; // the one class that people write without its package
            default:
                return "L" + name.replace('.', '/') + ";";
        }
    }

    /** A mistake in an entry; the message says where, what, and how an entry looks. */
    static final class SyntaxException extends Exception {

        private static final long serialVersionUID = 1;

        SyntaxException(String entry, int index, String what) {
            super("\"" + entry + "\" is left out: " + what + " at position " + (index + 1)
                    + "; write "
                    + (entry.charAt(0) == '@'
                            ? "@package.Annotation"
                            : "package.Class#method or package.Class#method(java.lang.String,int)"));
        }
    }
}
