package io.plutorun.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineLoaderTest {

    private final Path folder;

    private File jar = new File("");

    EngineLoaderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** Loaded from the engine in these tests. */
    public static final class Answer implements Supplier<Object> {
        @Override
        public Object get() {
            return 42;
        }
    }

    /** Its superclass is loaded while its own class file is being read. */
    public static final class Derived extends Base {}

    /** See {@link Derived}. */
    public static class Base extends Large {}

    /** Its class file is larger than the loader keeps room for. */
    public static class Large {
        private static final String CHARACTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
        private static final String LONG = CHARACTERS + CHARACTERS + CHARACTERS + CHARACTERS;
        private static final String LONGER = LONG + LONG + LONG + LONG + LONG + LONG + LONG + LONG;
        private static final String LONGEST = LONGER + LONGER + LONGER + LONGER + LONGER + LONGER + LONGER + LONGER
                + LONGER + LONGER + LONGER + LONGER + LONGER + LONGER + LONGER + LONGER + LONGER + LONGER;

        /** What is large in it. */
        public String text() {
            return LONGEST;
        }
    }

    @BeforeEach
    void pack_an_engine() throws IOException {
        Map<String, byte[]> engine = new HashMap<>();
        engine.put(entry(Answer.class), classFile(Answer.class));
        for (Class<?> type : List.of(Derived.class, Base.class, Large.class)) {
            engine.put(entry(type), classFile(type));
        }
        engine.put("broken/Broken.class", new byte[] {1, 2, 3});
        engine.put("greeting.txt", "hello".getBytes(StandardCharsets.UTF_8));
        engine.put(
                "META-INF/services/" + Supplier.class.getName(),
                Answer.class.getName().getBytes(StandardCharsets.UTF_8));
        jar = Files.write(folder.resolve("agent.jar"), Zip.stored(Map.of(EngineLoader.ENTRY, Zip.stored(engine))))
                .toFile();
    }

    private static String entry(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    private static byte[] classFile(Class<?> type) throws IOException {
        return bytes(type.getClassLoader().getResource(entry(type)));
    }

    private static byte[] bytes(URL url) throws IOException {
        try (InputStream in = url.openStream()) {
            return in.readAllBytes();
        }
    }

    @Test
    void a_class_comes_from_the_engine_and_not_from_the_program() throws Exception {
        ClassLoader loader = EngineLoader.of(jar, Engine.platform());
        Class<?> loaded = loader.loadClass(Answer.class.getName());
        assertThat(loaded).isNotSameAs(Answer.class);
        assertThat(loaded.getClassLoader()).isSameAs(loader);
        assertThat(((Supplier<?>) loaded.getConstructor().newInstance()).get()).isEqualTo(42);
    }

    @Test
    void a_class_that_the_parent_has_too_comes_from_the_engine() throws Exception {
        ClassLoader loader = EngineLoader.of(jar, EngineLoaderTest.class.getClassLoader());
        assertThat(loader.loadClass(Answer.class.getName()).getClassLoader()).isSameAs(loader);
    }

    @Test
    void class_files_of_any_size_are_loaded_also_while_others_are() throws Exception {
        assertThat(classFile(Large.class)).hasSizeGreaterThan(1 << 15);
        ClassLoader loader = EngineLoader.of(jar, Engine.platform());
        Object derived =
                loader.loadClass(Derived.class.getName()).getConstructor().newInstance();
        assertThat(derived.getClass().getMethod("text").invoke(derived)).isEqualTo(new Large().text());
        assertThat(loader.loadClass(Answer.class.getName()).getClassLoader()).isSameAs(loader);
    }

    @Test
    void its_classes_tell_which_jar_they_came_from() throws Exception {
        Class<?> loaded = EngineLoader.of(jar, Engine.platform()).loadClass(Answer.class.getName());
        assertThat(loaded.getProtectionDomain().getCodeSource().getLocation())
                .isEqualTo(jar.toURI().toURL());
    }

    @Test
    void the_parent_is_the_platform_loader_so_the_programs_classes_are_out_of_sight() throws Exception {
        ClassLoader loader = EngineLoader.of(jar, Engine.platform());
        assertThat(loader.getParent()).isSameAs(ClassLoader.getPlatformClassLoader());
        assertThat(loader.loadClass("java.sql.Driver").getClassLoader()).isSameAs(ClassLoader.getPlatformClassLoader());
        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() -> loader.loadClass(Test.class.getName()));
        assertThat(loader.getResource(entry(Test.class))).isNull();
    }

    @Test
    void a_broken_class_file_is_a_class_format_error() throws Exception {
        ClassLoader loader = EngineLoader.of(jar, Engine.platform());
        assertThatExceptionOfType(ClassFormatError.class).isThrownBy(() -> loader.loadClass("broken.Broken"));
    }

    @Test
    void a_resource_is_read_as_a_stream_and_by_its_url_more_than_once() throws Exception {
        ClassLoader loader = EngineLoader.of(jar, Engine.platform());
        URL url = loader.getResource("greeting.txt");
        assertThat(url).isNotNull();
        assertThat(bytes(url)).asString(StandardCharsets.UTF_8).isEqualTo("hello");
        assertThat(bytes(url)).asString(StandardCharsets.UTF_8).isEqualTo("hello");
        try (InputStream in = loader.getResourceAsStream("greeting.txt")) {
            assertThat(in).hasContent("hello");
        }
    }

    @Test
    void resources_are_found_by_their_exact_name_and_once() throws Exception {
        ClassLoader loader = EngineLoader.of(jar, Engine.platform());
        assertThat(Collections.list(loader.getResources("greeting.txt"))).hasSize(1);
        assertThat(Collections.list(loader.getResources("absent.txt"))).isEmpty();
        assertThat(loader.getResource("absent.txt")).isNull();
        assertThat(loader.getResourceAsStream("absent.txt")).isNull();
    }

    @Test
    void services_of_the_engine_are_found() throws Exception {
        ClassLoader loader = EngineLoader.of(jar, Engine.platform());
        assertThat(ServiceLoader.load(Supplier.class, loader).findFirst()).hasValueSatisfying(service -> {
            assertThat(service.getClass().getClassLoader()).isSameAs(loader);
            assertThat(service.get()).isEqualTo(42);
        });
    }

    @Test
    void a_jar_without_an_engine_says_so() throws IOException {
        File bare =
                Files.write(folder.resolve("bare.jar"), Zip.stored(Map.of())).toFile();
        assertThatIOException()
                .isThrownBy(() -> EngineLoader.of(bare, Engine.platform()))
                .withMessageContaining(EngineLoader.ENTRY);
    }
}
