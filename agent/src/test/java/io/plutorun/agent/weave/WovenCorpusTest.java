package io.plutorun.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.Hook.Moment;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/** Weaves every method of every class in the libraries on the test's class path, and has the JVM verify the result. */
class WovenCorpusTest {

    /** To stay within seconds, one class of so many is woven; the others are there for the verifier to look at. */
    private static final int SAMPLE = Integer.getInteger("pluto.corpus.sample", 3);

    /** Child first, so that what the verifier asks for are classes of the same corpus. */
    private static final class Corpus extends ClassLoader {

        private final Map<String, byte[]> classFiles;

        Corpus(Map<String, byte[]> classFiles) {
            super(Corpus.class.getClassLoader());
            this.classFiles = classFiles;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                byte[] classFile = classFiles.get(name);
                if (classFile == null) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? defineClass(name, classFile, 0, classFile.length) : loaded;
            }
        }

        /** HotSpot links a class, which verifies it, before it tells its constructors. Nothing is initialised. */
        void verify(String name) throws ClassNotFoundException {
            assertThat(Class.forName(name, false, this).getDeclaredConstructors())
                    .isNotNull();
        }
    }

    private static Map<String, byte[]> classesOnTheClassPath() throws IOException {
        Map<String, byte[]> classFiles = new HashMap<>();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (path.endsWith(".jar") && !Path.of(path).getFileName().toString().startsWith("pluto")) {
                try (JarFile jar = new JarFile(path)) {
                    for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                        String name = entry.getName();
                        if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("-info.class")) {
                            try (InputStream in = jar.getInputStream(entry)) {
                                classFiles.put(
                                        name.substring(0, name.length() - 6).replace('/', '.'), in.readAllBytes());
                            }
                        }
                    }
                }
            }
        }
        return classFiles;
    }

    @Test
    void every_woven_method_is_verified() throws Exception {
        Map<String, byte[]> corpus = classesOnTheClassPath();
        Hook both = Weaving.everyMethod(Moment.ENTRY, Moment.EXIT_WITH_ARGUMENTS);
        List<Weaving> weavings = List.of( // each for a part of the classes
                Weaving.ofNamed("**#*"),
                Weaving.ofNamedWith("**#*", both),
                Weaving.ofHooks(both),
                Weaving.ofHooks(Weaving.everyMethod(Moment.ENTRY)),
                Weaving.ofHooks(Weaving.everyMethod(Moment.EXIT)));
        List<String> wovenNames = new ArrayList<>();
        for (Map.Entry<String, byte[]> entry : corpus.entrySet()) {
            int hash = entry.getKey().hashCode();
            if (Math.floorMod(hash, SAMPLE) == 0) {
                byte[] woven = weavings.get(Math.floorMod(hash / SAMPLE, weavings.size()))
                        .weave(entry.getValue());
                if (woven != null) {
                    entry.setValue(woven);
                    wovenNames.add(entry.getKey());
                }
            }
        }
        Corpus loader = new Corpus(corpus);
        List<String> failures = new ArrayList<>();
        int verified = 0;
        for (String name : wovenNames) {
            try {
                loader.verify(name);
                verified++;
            } catch (NoClassDefFoundError | IncompatibleClassChangeError e) {
                // its optional dependencies are not on the class path; woven or not, it can't be linked
            } catch (VerifyError | ClassFormatError e) {
                failures.add(name + ": " + e);
            }
        }
        System.out.println("of " + wovenNames.size() + " woven classes " + verified + " could be verified, and "
                + failures.size() + " failed");
        assertThat(failures).isEmpty();
        assertThat(weavings)
                .flatExtracting(Weaving::lines)
                .noneMatch(line -> line.contains("can't be woven") || line.contains("can't be hooked"));
        assertThat(verified).isGreaterThan(wovenNames.size() * 9 / 10).isGreaterThan(3000 / SAMPLE);
    }

    @Test
    void a_class_that_is_wrong_would_be_noticed() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "wrong/Wrong", null, "java/lang/Object", null);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_STATIC, "run", "()I", null, null);
        method.visitCode();
        method.visitInsn(Opcodes.ACONST_NULL);
        method.visitInsn(Opcodes.IRETURN);
        method.visitMaxs(1, 0);
        method.visitEnd();
        Corpus loader = new Corpus(Map.of("wrong.Wrong", writer.toByteArray()));
        assertThatExceptionOfType(VerifyError.class).isThrownBy(() -> loader.verify("wrong.Wrong"));
    }
}
