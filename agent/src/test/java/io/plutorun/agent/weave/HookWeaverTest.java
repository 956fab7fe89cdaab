package io.plutorun.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.hook.ExactMethod;
import io.plutorun.agent.hook.Hook;
import io.plutorun.agent.hook.Hook.Moment;
import io.plutorun.agent.hook.HookListener;
import io.plutorun.agent.hook.HookSource;
import io.plutorun.agent.hook.HookedMethods;
import io.plutorun.agent.settings.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HookWeaverTest {

    private static final String DECLARATIONS = "io.plutorun.agent.weave.Declarations";

    private static Hook hook(String className, String methodName) {
        return new Hook(
                ExactMethod.of(className, methodName),
                Set.of(Moment.ENTRY, Moment.EXIT_WITH_ARGUMENTS),
                new HookListener() {});
    }

    /** The names of the methods that are hooked in a woven class file. */
    private static List<String> hooked(byte @Nullable [] woven) {
        String stub = new String(Objects.requireNonNull(woven), StandardCharsets.ISO_8859_1)
                .replace("stub/test/PlutoBridge", "java/lang/PlutoBridge");
        byte[] classFile = stub.getBytes(StandardCharsets.ISO_8859_1);
        return ClassScan.of(new ClassReader(classFile)).methods().stream()
                .filter(MethodScan::isHooked)
                .map(MethodScan::name)
                .toList();
    }

    @Test
    void only_hooked_methods_are_woven_and_no_member_is_added() throws IOException {
        Weaving weaving = Weaving.ofHooks(hook(DECLARATIONS, "notTracked"));
        byte[] classFile = Weaving.classFile(Declarations.class);
        byte[] woven = Objects.requireNonNull(weaving.weave(classFile));
        assertThat(hooked(woven)).containsExactly("notTracked");
        assertThat(ClassScan.of(new ClassReader(woven)).methods())
                .hasSameSizeAs(ClassScan.of(new ClassReader(classFile)).methods());
        assertThat(weaving.lines()).isEmpty();
    }

    @Test
    void a_class_without_hooked_methods_is_left_as_it_is() throws IOException {
        Weaving weaving = Weaving.ofHooks(hook(DECLARATIONS, "notTracked"));
        assertThat(weaving.weave(Weaving.classFile(Programs.class))).isNull();
        assertThat(weaving.lines()).isEmpty();
    }

    @Test
    void a_class_of_the_jdk_has_only_hooks_that_are_meant_for_it() throws IOException {
        byte[] classFile = Weaving.classFile(PrintStream.class);
        ExactMethod write = ExactMethod.of("java.io.PrintStream", "write").withDescriptor("([BII)");
        Set<Moment> moments = Set.of(Moment.ENTRY, Moment.EXIT);
        Hook ofJdk = new Hook(write, moments, new HookListener() {}, true);
        Hook ofProgram = new Hook(write, moments, new HookListener() {});
        assertThat(transformed(classFile, ofProgram)).isNull();
        assertThat(hooked(transformed(classFile, ofProgram, ofJdk))).containsExactly("write");
    }

    private static byte @Nullable [] transformed(byte[] classFile, Hook... hooks) {
        Console console = Console.over(new ByteArrayOutputStream(), new Redactor(Map.of()), LogLevel.INFO);
        HookWeaver weaver = new HookWeaver(new HookedMethods(line -> {}), console);
        weaver.add(List.of(HookSource.of(List.of(hooks))));
        return weaver.transform(null, "java/io/PrintStream", null, null, classFile);
    }

    @Test
    void an_overload_is_hooked_by_its_number_of_parameters() throws IOException {
        Hook two = new Hook(
                ExactMethod.of("io.plutorun.agent.weave.HookedPrograms$Instance", "itself")
                        .withParameterCount(2),
                Set.of(Moment.ENTRY),
                new HookListener() {});
        assertThat(hooked(Weaving.ofHooks(two).weave(Weaving.classFile(HookedPrograms.Instance.class))))
                .containsExactly("itself");
    }

    @Test
    void a_method_without_a_body_is_told_once_and_the_others_are_hooked() throws IOException {
        for (Map.Entry<Class<?>, String> type : Map.<Class<?>, String>of(
                        Declarations.WithoutBody.class, "it is abstract",
                        Declarations.OfInterface.class, "the interface has no body for it",
                        Declarations.OfAnotherLanguage.class, "it is native")
                .entrySet()) {
            String name = type.getKey().getName();
            Weaving weaving = Weaving.ofHooks(hook(name, "train"), hook(name, "other"));
            byte[] classFile = Weaving.classFile(type.getKey());
            assertThat(hooked(weaving.weave(classFile))).containsExactly("other");
            weaving.weave(classFile);
            assertThat(weaving.lines())
                    .containsExactly("pluto: calls of " + name + ".train are not recorded: " + type.getValue());
        }
    }

    @Test
    void a_constructor_is_refused_and_told_once() throws IOException {
        Weaving weaving = Weaving.ofHooks(hook(DECLARATIONS, "<init>"));
        assertThat(weaving.weave(Weaving.classFile(Declarations.class))).isNull();
        weaving.weave(Weaving.classFile(Declarations.class));
        assertThat(weaving.lines())
                .containsExactly("pluto: calls of " + DECLARATIONS + ".<init> are not recorded: it is a constructor");
    }

    @Test
    void a_wildcard_means_methods_with_bodies_and_nothing_is_told_of_the_rest() throws IOException {
        Weaving weaving = Weaving.ofHooks(Weaving.everyMethod(Moment.ENTRY));
        assertThat(hooked(weaving.weave(Weaving.classFile(Declarations.WithoutBody.class))))
                .containsExactly("other");
        assertThat(weaving.lines()).isEmpty();
    }

    @Test
    void a_bridge_method_is_left_out_since_it_calls_the_one_that_is_hooked() throws IOException {
        Weaving weaving = Weaving.ofHooks(hook(DECLARATIONS + "$Bridged", "apply"));
        assertThat(hooked(weaving.weave(Weaving.classFile(Declarations.Bridged.class))))
                .containsExactly("apply");
    }

    @Test
    void a_method_that_the_class_does_not_declare_is_told_once() {
        Weaving weaving = Weaving.ofHooks(hook("com.acme.Trainer", "fit"), hook("com.acme.Trainer", "train"));
        byte[] classFile = MadeClasses.ofSize(1, "train");
        assertThat(hooked(weaving.weave(classFile))).containsExactly("train");
        weaving.weave(classFile);
        assertThat(weaving.lines())
                .containsExactly("pluto: com.acme.Trainer does not declare \"com.acme.Trainer#fit\", so its calls are"
                        + " not recorded");
    }

    @Test
    void with_the_superclass_that_does() throws IOException {
        String bridged = DECLARATIONS + "$Bridged";
        Weaving weaving = Weaving.ofHooks(hook(bridged, "toString"));
        assertThat(weaving.weave(Weaving.classFile(Declarations.Bridged.class))).isNull();
        assertThat(weaving.lines()).singleElement().asString().endsWith("; its superclass java.lang.Object does");
    }

    @Test
    void a_method_without_free_local_variables_is_told() {
        Weaving weaving = Weaving.ofHooks(hook("com.acme.Full", "run"));
        assertThat(hooked(weaving.weave(MadeClasses.withLocals(0xFFFF - 3)))).containsExactly("run");
        assertThat(weaving.weave(MadeClasses.withLocals(0xFFFF - 1))).isNull();
        assertThat(weaving.lines()).singleElement().asString().contains("all local variables");
    }

    @Test
    void P3_a_method_that_would_become_too_large_is_told_and_the_others_are_hooked() {
        Weaving weaving = Weaving.ofHooks(hook("com.acme.Trainer", "small"), hook("com.acme.Trainer", "large"));
        assertThat(hooked(weaving.weave(MadeClasses.ofSizes(Map.of("small", 1, "large", 65_530)))))
                .containsExactly("small");
        assertThat(weaving.lines())
                .singleElement()
                .asString()
                .startsWith("pluto: calls of com.acme.Trainer.large are not recorded: with the agent's calls in it, it"
                        + " would have 655");
    }

    @Test
    void P3_a_tracked_method_that_hooks_would_make_too_large_is_tracked_without_them() {
        Weaving weaving = Weaving.ofAnnotatedWith(hook("com.acme.Trainer", "train"));
        byte[] woven = weaving.weave(MadeClasses.ofSize(65_535 - 40, "train"));
        assertThat(hooked(woven)).isEmpty();
        assertThat(weaving.lines())
                .singleElement()
                .asString()
                .startsWith("pluto: calls of com.acme.Trainer.train are not recorded: ");
    }

    @Test
    void P3_a_class_file_of_a_newer_version_than_can_be_read_is_told() throws IOException {
        byte[] newer = Weaving.classFile(Declarations.class);
        newer[7] = (byte) (ClassScan.NEWEST_READABLE + 1);
        Weaving weaving = Weaving.ofHooks(hook(DECLARATIONS, "notTracked"));
        assertThat(weaving.weave(Declarations.class, newer)).isNull();
        assertThat(weaving.lines())
                .singleElement()
                .asString()
                .startsWith("pluto: " + DECLARATIONS + " can't be hooked: its class file has version ");
    }

    @Test
    void P3_a_broken_class_file_is_left_to_the_jvm() throws IOException {
        byte[] whole = Weaving.classFile(Declarations.class);
        Weaving weaving = Weaving.ofHooks(hook(DECLARATIONS, "notTracked"));
        assertThat(weaving.weave(Declarations.class, Arrays.copyOf(whole, whole.length - 20)))
                .isNull();
        assertThat(weaving.lines()).singleElement().asString().contains("can't be hooked");
    }

    @Test
    void classes_that_the_class_refers_to_may_be_absent() {
        for (Weaving weaving : List.of(
                Weaving.ofHooks(hook("com.acme.Absent", "run")),
                Weaving.ofAnnotatedWith(hook("com.acme.Absent", "run")))) {
            assertThat(hooked(weaving.weave(MadeClasses.ofAbsentTypes()))).containsExactly("run");
            assertThat(weaving.lines()).isEmpty();
        }
    }

    /** A weaver that classes come to as they are loaded. */
    private static final class Loaded {

        private final HookWeaver weaver;

        Loaded() {
            Console console = Console.over(new ByteArrayOutputStream(), new Redactor(Map.of()), LogLevel.DEBUG);
            weaver = new HookWeaver(new HookedMethods(console::warn), console);
        }

        byte @Nullable [] load(ClassLoader loader) {
            return weaver.transform(loader, "com/acme/Trainer", null, null, MadeClasses.ofSize(1, "train", "test"));
        }
    }

    /** A loader of the program's. */
    private static final class Program extends ClassLoader {
        Class<?> define() {
            byte[] classFile = MadeClasses.ofSize(1, "train", "test");
            return defineClass("com.acme.Trainer", classFile, 0, classFile.length);
        }
    }

    @Test
    void the_jdks_classes_and_the_engines_are_left_alone() {
        Loaded loaded = new Loaded();
        loaded.weaver.add(List.of(HookSource.of(List.of(hook("com.acme.Trainer", "train")))));
        assertThat(loaded.load(ClassLoader.getPlatformClassLoader())).isNull();
        assertThat(loaded.load(HookWeaver.class.getClassLoader())).isNull();
        assertThat(loaded.load(new Program())).isNotNull();
    }

    @Test
    void of_loaded_classes_those_lack_hooks_that_were_loaded_before_these_were_added() {
        Loaded loaded = new Loaded();
        Program early = new Program();
        Program late = new Program();
        loaded.load(early);
        loaded.weaver.add(List.of(HookSource.of(List.of(hook("com.acme.Trainer", "train")))));
        loaded.load(late);
        Class<?>[] classes = {early.define(), late.define(), String.class, HookWeaverTest.class};
        assertThat(loaded.weaver.takeLacking(classes)).containsExactly(classes[0]);
        assertThat(loaded.weaver.takeLacking(classes)).isEmpty();
        loaded.weaver.add(List.of(HookSource.of(List.of(hook("com.acme.Other", "train")))));
        assertThat(loaded.weaver.takeLacking(classes)).isEmpty();
        loaded.weaver.add(List.of(HookSource.of(List.of(hook("com.acme.Trainer", "test")))));
        assertThat(loaded.weaver.takeLacking(classes)).containsExactly(classes[0], classes[1]);
    }
}
