package io.plutorun.agent.objects;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects of the JDK's and of Scala's and Kotlin's standard libraries, looked into without a call into the program. */
public final class LibraryObjects {

    /** An optional may hold another one, or itself. */
    private static final int MAX_OPTIONALS = 8;

    private final JdkContents jdk;

    /** Makes it. */
    public LibraryObjects(ObjectFields fields) {
        this.jdk = new JdkContents(fields);
    }

    /** Whether the fields of a class are none of the program's business: it belongs to one of these libraries, and is no record in all but name. */
    public static boolean have(Class<?> type) {
        return ObjectFields.isOfJdk(type) || (LanguageLibraries.have(type) && !LanguageLibraries.isPair(type));
    }

    /** What an optional holds, of anything else the object itself; null for none. */
    public static @Nullable Object contentOf(@Nullable Object object) {
        Object content = object;
        for (int i = 0; content != null && i < MAX_OPTIONALS; i++) {
            Object inside = LanguageLibraries.contentOf(content);
            inside = inside == null ? null : Scalars.contentOf(inside);
            if (isSame(inside, content)) {
                break;
            }
            content = inside;
        }
        return content;
    }

    @SuppressWarnings("ReferenceEquality") // what is no optional is given back
    private static boolean isSame(@Nullable Object inside, Object content) {
        return inside == content;
    }

    /** The entries of a map; null where it is none, and where the program's code would have to be called for them. */
    public @Nullable Iterator<? extends Map.Entry<?, ?>> entries(Object object) {
        Contents contents = jdk.of(object);
        contents = contents == null ? LanguageLibraries.contents(object) : contents;
        return contents == null || !contents.isKeyed() ? null : entries(contents);
    }

    @SuppressWarnings("unchecked") // they are keyed
    private static Iterator<? extends Map.Entry<?, ?>> entries(Contents contents) {
        return (Iterator<? extends Map.Entry<?, ?>>) contents.iterator();
    }
}
