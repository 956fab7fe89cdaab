package io.plutorun.agent.objects;

import java.lang.instrument.Instrumentation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes trees of maps, lists, texts, numbers and truth values out of objects, for config. No code of the program is called: collections
 * and maps of the JDK and of Scala's and Kotlin's standard libraries are gone through, other objects are read by their fields, and of what
 * is neither the name of its class is taken.
 *
 * <p>A tree has limits, so that it is made in a bounded time, whatever the object is. What is nearer to the top comes first where they
 * cut, and each cut says so.
 */
public final class ObjectTrees {

    private static final int MAX_DEPTH = 4;

    /** Of all maps and objects in one tree. */
    private static final int MAX_KEYS = 500;

    /** Of one array or collection. */
    private static final int MAX_ELEMENTS = 100;

    /** Of all arrays and collections in one tree. */
    private static final int MAX_ELEMENTS_IN_ALL = 2000;

    /** Of all texts in one tree. */
    private static final int MAX_CHARACTERS = 64 * 1024;

    private static final int MAX_CHARACTERS_OF_A_KEY = 255;

    /** A reference may be made to hold itself. */
    private static final int MAX_OPTIONALS = 8;

    private static final String CUT = "…";

    private final Instrumentation instrumentation;

    /** Made when the first object is met that is no scalar. */
    private volatile @Nullable ObjectFields fields;

    /**
     * Makes it.
     *
     * @param instrumentation opens packages
     */
    public ObjectTrees(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** The tree of an object: a {@code Map}, a {@code List}, a {@code String}, a {@code Number}, a {@code Boolean} or null. */
    public @Nullable Object of(@Nullable Object object) {
        Object scalar = object == null ? null : Scalars.of(object);
        boolean fits = scalar != null && !(scalar instanceof String text && text.length() > MAX_CHARACTERS);
        return object == null || fits ? scalar : new Reading(fields()).tree(object);
    }

    private ObjectFields fields() {
        ObjectFields known = fields;
        if (known == null) {
            known = new ObjectFields(instrumentation);
            fields = known;
        }
        return known;
    }

    /** The name of an object's class. That of a lambda without its number, which is another one in each JVM. */
    public static String className(Object object) {
        String name = object.getClass().getTypeName();
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : name.substring(0, lambda) + "$$Lambda";
    }

    /**
     * An object whose contents are to be read.
     *
     * @param target the map or the list that takes them
     * @param within the object that holds it; null at the top
     */
    private record Pending(
            Object object,
            Contents contents,
            Object target,
            int depth,
            @Nullable Pending within) {

        boolean isOrIsWithin(Object other) {
            for (Pending current = this; current != null; current = current.within) {
                if (current.object == other) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The making of one tree, level by level. */
    private static final class Reading {

        private final JdkContents jdk;
        private final PlainObjects plain;
        private final Deque<Pending> pending = new ArrayDeque<>();
        private int keysLeft = MAX_KEYS;
        private int elementsLeft = MAX_ELEMENTS_IN_ALL;
        private int charactersLeft = MAX_CHARACTERS;

        Reading(ObjectFields fields) {
            this.jdk = new JdkContents(fields);
            this.plain = new PlainObjects(fields);
        }

        @Nullable
        Object tree(@Nullable Object object) {
            Object tree = node(object, null);
            for (Pending next = pending.poll(); next != null; next = pending.poll()) {
                read(next);
            }
            return tree;
        }

        /** A scalar, or a map or a list that is filled later. */
        @SuppressWarnings("ReferenceEquality") // an optional gives itself where it is none
        private @Nullable Object node(@Nullable Object object, @Nullable Pending within) {
            Object content = object;
            for (int i = 0; content != null; i++) {
                Object inside = LanguageLibraries.contentOf(content);
                inside = inside == null ? null : Scalars.contentOf(inside);
                if (inside == content || i == MAX_OPTIONALS) {
                    break;
                }
                content = inside;
            }
            if (content == null) {
                return null;
            }
            Object scalar = scalar(content);
            return scalar == null ? container(content, within) : cut(scalar);
        }

        private Object container(Object object, @Nullable Pending within) {
            int depth = within == null ? 1 : within.depth + 1;
            if (within != null && within.isOrIsWithin(object)) {
                return className(object) + " (a cycle)";
            }
            Contents contents = depth > MAX_DEPTH ? null : contents(object);
            if (contents == null) {
                return className(object);
            }
            Object target = contents.isKeyed() ? new LinkedHashMap<>() : new ArrayList<>();
            pending.add(new Pending(object, contents, target, depth, within));
            return target;
        }

        /** What an object holds; null where that can't be read: the program may change a collection meanwhile. */
        private @Nullable Contents contents(Object object) {
            try {
                Contents contents = jdk.of(object);
                contents = contents == null ? LanguageLibraries.contents(object) : contents;
                return contents == null ? plain.contents(object) : contents;
            } catch (RuntimeException | LinkageError e) {
                return null;
            }
        }

        @SuppressWarnings("unchecked") // container makes the targets
        private void read(Pending source) {
            if (source.contents.isKeyed()) {
                readEntries(source, (Map<String, @Nullable Object>) source.target);
            } else {
                readElements(source, (List<@Nullable Object>) source.target);
            }
        }

        private void readEntries(Pending source, Map<String, @Nullable Object> target) {
            try {
                Iterator<?> entries = source.contents.iterator();
                while (entries.hasNext()) {
                    if (keysLeft == 0) {
                        target.put(CUT, "cut" + inAll(source.contents.count(), " keys"));
                        return;
                    }
                    Map.Entry<?, ?> entry = (Map.Entry<?, ?>) entries.next();
                    keysLeft--;
                    target.put(key(entry.getKey(), target), node(entry.getValue(), source));
                }
            } catch (RuntimeException | LinkageError e) {
                target.put(CUT, "cut: it was changed while it was read");
            }
        }

        private void readElements(Pending source, List<@Nullable Object> target) {
            try {
                Iterator<?> elements = source.contents.iterator();
                while (elements.hasNext()) {
                    if (target.size() == MAX_ELEMENTS || elementsLeft == 0) {
                        target.add(CUT + " (cut" + inAll(source.contents.count(), " elements") + ")");
                        return;
                    }
                    elementsLeft--;
                    target.add(node(elements.next(), source));
                }
            } catch (RuntimeException | LinkageError e) {
                target.add(CUT + " (cut: it was changed while it was read)");
            }
        }

        private static String inAll(long count, String what) {
            return count == Contents.UNKNOWN ? "" : ", " + count + what;
        }

        /** A key's text. Of a key whose text is the program's to make, the name of its class. */
        private static String key(@Nullable Object key, Map<String, ?> taken) {
            Object scalar = key == null ? "null" : scalar(key);
            String text = scalar == null ? className(Objects.requireNonNull(key)) : scalar.toString();
            if (text.length() > MAX_CHARACTERS_OF_A_KEY) {
                text = beginning(text, MAX_CHARACTERS_OF_A_KEY) + CUT;
            }
            return taken.containsKey(text) ? text + " (" + (taken.size() + 1) + ")" : text;
        }

        private Object cut(Object scalar) {
            if (!(scalar instanceof String text)) {
                return scalar;
            }
            boolean fits = text.length() <= charactersLeft;
            String result =
                    fits ? text : beginning(text, charactersLeft) + CUT + " (cut, " + text.length() + " characters)";
            charactersLeft -= Math.min(charactersLeft, text.length());
            return result;
        }
    }

    /** A number, a truth value or a text; null where an object is none. */
    private static @Nullable Object scalar(Object object) {
        Object scalar = Scalars.of(object);
        if (scalar != null) {
            return scalar;
        }
        Object ofLanguage = LanguageLibraries.scalar(object);
        return ofLanguage == null ? null : Scalars.of(ofLanguage);
    }

    /** No character that takes two UTF-16 units is cut in two. */
    private static String beginning(String text, int length) {
        boolean cutsCharacter = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
        return text.substring(0, cutsCharacter ? length - 1 : length);
    }
}
