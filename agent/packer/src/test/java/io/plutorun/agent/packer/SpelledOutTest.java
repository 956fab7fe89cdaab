package io.plutorun.agent.packer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Lambdas and the methods of records, which the JVM would make at run time, written out. */
class SpelledOutTest {

    private static final List<String> CLASSES = List.of("", "$Inner", "$Functional", "$Mixed");

    private final Map<String, byte[]> entries = new TreeMap<>();

    @BeforeEach
    void the_class_files() throws IOException {
        for (String suffix : CLASSES) {
            String entry = "io/plutorun/agent/packer/ManyLambdas" + suffix + ".class";
            try (InputStream in = ManyLambdas.class.getClassLoader().getResourceAsStream(entry)) {
                entries.put(entry, Objects.requireNonNull(in).readAllBytes());
            }
        }
    }

    /** Defines the classes among the entries itself. */
    private final class Loader extends ClassLoader {

        Loader() {
            super(SpelledOutTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            byte[] classFile = entries.get(name.replace('.', '/') + ".class");
            if (classFile == null) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? defineClass(name, classFile, 0, classFile.length) : loaded;
        }
    }

    private Object results() throws Exception {
        Constructor<?> constructor =
                new Loader().loadClass(ManyLambdas.class.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        return ((Callable<?>) constructor.newInstance()).call();
    }

    @Test
    void they_do_what_they_did() throws Exception {
        List<Object> before = new ManyLambdas().call();
        Lambdas.replace(entries);
        RecordMethods.writeOut(entries);
        assertThat(results()).isEqualTo(before);
    }

    @Test
    void nothing_is_left_to_the_jvm_but_what_needs_a_wider_number_and_the_text_of_a_record() {
        assertThat(bootstrapped()).contains("applyAsInt", "equals", "hashCode", "toString");
        Lambdas.replace(entries);
        RecordMethods.writeOut(entries);
        assertThat(bootstrapped()).containsExactlyInAnyOrder("applyAsLong", "toString");
    }

    @Test
    void the_same_input_gives_the_same_bytes() {
        Map<String, byte[]> again = new TreeMap<>(entries);
        Lambdas.replace(entries);
        Lambdas.replace(again);
        assertThat(again).containsExactlyEntriesOf(entries);
    }

    @Test
    void a_class_without_any_is_left_byte_for_byte() {
        byte[] plain = ClassFiles.calling("lib/A");
        Map<String, byte[]> plainEntries = new TreeMap<>(Map.of("lib/A.class", plain));
        Lambdas.replace(plainEntries);
        RecordMethods.writeOut(plainEntries);
        assertThat(plainEntries).containsOnlyKeys("lib/A.class");
        assertThat(plainEntries.get("lib/A.class")).isEqualTo(plain);
    }

    /** The names of what is bootstrapped, but for texts that are put together. */
    private List<String> bootstrapped() {
        List<String> names = new ArrayList<>();
        for (byte[] classFile : entries.values()) {
            new ClassReader(classFile)
                    .accept(
                            new ClassVisitor(Opcodes.ASM9) {
                                @Override
                                public MethodVisitor visitMethod(
                                        int access,
                                        String method,
                                        String descriptor,
                                        String signature,
                                        String[] exceptions) {
                                    return new MethodVisitor(Opcodes.ASM9) {
                                        @Override
                                        public void visitInvokeDynamicInsn(
                                                String name, String type, Handle bootstrap, Object... arguments) {
                                            if (!bootstrap.getOwner().endsWith("StringConcatFactory")) {
                                                names.add(name);
                                            }
                                        }
                                    };
                                }
                            },
                            0);
        }
        return names;
    }
}
