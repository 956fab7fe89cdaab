package io.plutorun.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The engine is compiled for Java 17, and is to be written out for Java 8 one day: what it uses of later JDKs is a list that grows only on
 * purpose.
 */
class Java8Test {

    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
    private static final Path ENGINE = MODULE.resolve("target/classes");
    private static final String LIST = "src/test/resources/io/plutorun/agent/newer-than-java-8.txt";

    private static final JdkApi JAVA_8 = JdkApi.ofRelease(8);
    private static final JdkApi JAVA_17 = JdkApi.ofRelease(17);

    @Test
    void nothing_newer_than_java_8_is_used_but_what_is_listed_with_a_reason() throws IOException {
        Map<String, Set<String>> newer = engine();
        newer.keySet().removeIf(NewerMembers.read(MODULE.resolve(LIST))::has);

        assertThat(newer)
                .as("Newer than Java 8, with the classes that use it. Use what Java 8 has, or enter it in agent/" + LIST
                        + " under a reason.")
                .isEmpty();
    }

    @Test
    void nothing_is_listed_that_is_not_used_any_more() throws IOException {
        assertThat(NewerMembers.read(MODULE.resolve(LIST)).unusedBy(engine().keySet()))
                .as("The engine does not use these any more: take them out of agent/" + LIST)
                .isEmpty();
    }

    private static Map<String, Set<String>> engine() throws IOException {
        try (Stream<Path> files = Files.walk(ENGINE)) {
            List<byte[]> classFiles = new ArrayList<>();
            for (Path file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(".class"))::iterator) {
                classFiles.add(Files.readAllBytes(file));
            }
            assertThat(classFiles).isNotEmpty();
            return JdkReferences.newerThan(JAVA_8, JAVA_17, classFiles);
        }
    }

    record UsesARecord(int value) {}

    static final class UsesCalls {
        static Object of(ByteBuffer buffer, String text) {
            return List.of(buffer.flip(), text.isBlank(), Runtime.version());
        }
    }

    static final class UsesAMethodReference {
        static Predicate<String> isBlank() {
            return String::isBlank;
        }
    }

    static final class Inherits extends ByteArrayInputStream {
        Inherits() {
            super(new byte[0]);
        }

        /** Through the class itself, so that the class file does not name the JDK's class. */
        static byte[] read(Inherits stream) throws IOException {
            return stream.readAllBytes();
        }
    }

    static final class UsesJava8Only {
        static Object of(MethodHandle handle, InputStream in, StringBuilder text) throws Throwable {
            String any = (String) handle.invokeExact(text.length(), in.read());
            return Objects.equals(Map.Entry.comparingByKey().toString(), any) ? text.chars() : text.append(in);
        }
    }

    @Test
    void a_call_is_found_by_name_and_descriptor() throws IOException {
        assertThat(newerIn(UsesCalls.class))
                .containsExactlyInAnyOrder(
                        "java.util.List#of(Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;)Ljava/util/List;",
                        "java.nio.ByteBuffer#flip()Ljava/nio/ByteBuffer;",
                        "java.lang.String#isBlank()Z",
                        "java.lang.Runtime#version()Ljava/lang/Runtime$Version;",
                        "java.lang.Runtime$Version");
    }

    @Test
    void a_method_reference_is_found() throws IOException {
        assertThat(newerIn(UsesAMethodReference.class)).containsExactly("java.lang.String#isBlank()Z");
    }

    @Test
    void a_call_to_an_inherited_method_is_found() throws IOException {
        assertThat(newerIn(Inherits.class)).containsExactly("java.io.ByteArrayInputStream#readAllBytes()[B");
    }

    @Test
    void a_record_is_found() throws IOException {
        assertThat(newerIn(UsesARecord.class))
                .contains("java.lang.Record", "java.lang.Record#<init>()V", "java.lang.runtime.ObjectMethods");
    }

    @Test
    void what_java_8_has_is_not_found() throws IOException {
        assertThat(newerIn(UsesJava8Only.class)).isEmpty();
    }

    private static Set<String> newerIn(Class<?> type) throws IOException {
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            if (in == null) {
                throw new UncheckedIOException(new IOException(file));
            }
            return JdkReferences.newerThan(JAVA_8, JAVA_17, List.of(in.readAllBytes()))
                    .keySet();
        }
    }

    @Test
    void an_entry_is_for_one_method_or_for_all_of_its_overloads() {
        NewerMembers list = NewerMembers.parse(List.of("A reason", "  java.A#of", "  java.B#of(I)V"));

        assertThat(Stream.of("java.A#of(I)V", "java.A#of()V", "java.B#of(I)V")).allMatch(list::has);
        assertThat(Stream.of("java.A", "java.A#off()V", "java.B#of()V")).noneMatch(list::has);
        assertThat(list.unusedBy(Set.of("java.A#of(I)V", "java.B#of()V"))).containsExactly("java.B#of(I)V");
    }

    @Test
    void an_entry_without_a_reason_is_refused_and_so_is_one_that_stands_there_twice() {
        assertThatIllegalArgumentException().isThrownBy(() -> NewerMembers.parse(List.of("# none", "  java.A")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NewerMembers.parse(List.of("One", "  java.A", "Two", "  java.A")));
        assertThatIllegalArgumentException().isThrownBy(() -> NewerMembers.parse(List.of("One", "Two", "  java.A")));
    }
}
