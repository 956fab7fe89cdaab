package io.plutorun.agent.capture;

import java.io.PrintStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** What streams write in. They tell it from Java 18 on. */
final class StreamCharset {

    private final Charset otherwise;
    private final @Nullable MethodHandle charset = find();

    /**
     * Makes it.
     *
     * @param otherwise of a stream that does not tell
     */
    StreamCharset(Charset otherwise) {
        this.otherwise = otherwise;
    }

    private static @Nullable MethodHandle find() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(PrintStream.class, "charset", MethodType.methodType(Charset.class));
        } catch (ReflectiveOperationException e) { // Java 17
            return null;
        }
    }

    Charset of(PrintStream stream) {
        if (charset == null) {
            return otherwise;
        }
        try {
            return (Charset) charset.invokeExact(stream);
        } catch (Throwable e) { // a class of the program's own
            return otherwise;
        }
    }
}
