package io.plutorun.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClassWeaverTest {

    private final Weaving annotated = Weaving.ofAnnotated();

    /** How often a method of the class calls {@code PlutoBridge.enter}. */
    private static int enters(byte @Nullable [] woven, String name, String descriptor) {
        int[] enters = {0};
        new ClassReader(Objects.requireNonNull(woven))
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public @Nullable MethodVisitor visitMethod(
                                    int access,
                                    String method,
                                    String its,
                                    @Nullable String signature,
                                    String @Nullable [] exceptions) {
                                return !method.equals(name) || !its.startsWith(descriptor)
                                        ? null
                                        : new MethodVisitor(Opcodes.ASM9) {
                                            @Override
                                            public void visitMethodInsn(
                                                    int opcode,
                                                    String owner,
                                                    String called,
                                                    String type,
                                                    boolean isInterface) {
                                                if (owner.endsWith("PlutoBridge") && called.equals("enter")) {
                                                    enters[0]++;
                                                }
                                            }
                                        };
                            }
                        },
                        0);
        return enters[0];
    }

    /** As Groovy compiles a trait: the interface has the annotated method without its body. */
    private static byte[] trait() {
        ClassWriter writer = new ClassWriter(0);
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT;
        writer.visit(Opcodes.V17, access, "com/acme/Trainer", null, "java/lang/Object", null);
        writer.visitAnnotation("Lgroovy/transform/Trait;", true).visitEnd();
        MethodVisitor method =
                writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, "train", "()V", null, null);
        method.visitAnnotation("Lio/plutorun/PlutoRun;", true).visitEnd();
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    @Test
    void P8_of_a_groovy_trait_whose_helper_is_tracked_nothing_is_said() {
        assertThat(annotated.weave(trait())).isNull();
        assertThat(annotated.lines()).isEmpty();
    }

    /** A class with one annotated method without instructions of note. */
    private static byte[] classWith(String method, String descriptor, int locals, boolean tooLarge) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "com/acme/Trainer", null, "com/acme/Base", null);
        method(writer, method, descriptor, locals, tooLarge);
        return writer.toByteArray();
    }

    private static void method(ClassWriter writer, String method, String descriptor, int locals, boolean tooLarge) {
        MethodVisitor visitor = writer.visitMethod(Opcodes.ACC_STATIC, method, descriptor, null, null);
        visitor.visitAnnotation("Lio/plutorun/PlutoRun;", true).visitEnd();
        visitor.visitCode();
        for (int i = 0; tooLarge && i < 65_530; i++) {
            visitor.visitInsn(Opcodes.NOP);
        }
        visitor.visitInsn(Opcodes.ACONST_NULL);
        visitor.visitInsn(Opcodes.ARETURN);
        visitor.visitMaxs(1, locals);
        visitor.visitEnd();
    }

    private static byte[] withoutAnnotations(byte[] classFile) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    @Nullable String signature,
                                    String @Nullable [] exceptions) {
                                return new MethodVisitor(
                                        Opcodes.ASM9,
                                        super.visitMethod(access, name, descriptor, signature, exceptions)) {
                                    @Override
                                    public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
                                        return null;
                                    }
                                };
                            }
                        },
                        0);
        return writer.toByteArray();
    }

    @Test
    void only_tracked_methods_are_woven() throws IOException {
        byte[] woven = annotated.weave(Weaving.classFile(Declarations.class));
        assertThat(enters(woven, "full", "()")).isEqualTo(1);
        assertThat(enters(woven, "notTracked", "()")).isZero();
        assertThat(annotated.lines()).isEmpty();
    }

    @Test
    void a_class_without_tracked_methods_is_left_as_it_is() throws IOException {
        assertThat(annotated.weave(Weaving.classFile(ClassWeaverTest.class))).isNull();
        assertThat(annotated.lines()).isEmpty();
    }

    @Test
    void a_bridge_method_is_left_out_since_it_calls_the_one_that_is_woven() throws IOException {
        byte[] woven = annotated.weave(Weaving.classFile(Declarations.Bridged.class));
        assertThat(enters(woven, "apply", "(Ljava/lang/String;)")).isEqualTo(1);
        assertThat(enters(woven, "apply", "(Ljava/lang/Object;)")).isZero();
        assertThat(annotated.lines()).isEmpty();
    }

    @Test
    void a_method_without_a_body_is_told_once_with_what_to_do_and_the_others_are_woven() throws IOException {
        for (Class<?> type : List.of(
                Declarations.WithoutBody.class, Declarations.OfInterface.class, Declarations.OfAnotherLanguage.class)) {
            byte[] classFile = Weaving.classFile(type);
            assertThat(enters(annotated.weave(classFile), "other", "()")).isEqualTo(1);
            annotated.weave(classFile);
        }
        String declarations = "pluto: io.plutorun.agent.weave.Declarations$";
        assertThat(annotated.lines())
                .containsExactly(
                        declarations
                                + "WithoutBody.train is not tracked: it is abstract; annotate it in the subclasses,"
                                + " where it has its body",
                        declarations + "OfInterface.train is not tracked: the interface has no body for it; annotate it"
                                + " in the classes that implement it",
                        declarations + "OfAnotherLanguage.train is not tracked: it is native; annotate the method that"
                                + " calls it");
    }

    @Test
    void an_annotated_constructor_is_told_once() {
        byte[] classFile = classWith("<init>", "()V", 1, false);
        assertThat(annotated.weave(classFile)).isNull();
        annotated.weave(classFile);
        assertThat(annotated.lines())
                .singleElement()
                .asString()
                .contains("<init> is not tracked: it is a constructor; annotate the method that calls it");
    }

    @Test
    void a_suspend_function_is_told_once_and_what_to_do() {
        byte[] classFile = classWith("train", "(Lkotlin/coroutines/Continuation;)Ljava/lang/Object;", 1, false);
        assertThat(annotated.weave(classFile)).isNull();
        annotated.weave(classFile);
        assertThat(annotated.lines())
                .singleElement()
                .asString()
                .contains("com.acme.Trainer.train is not tracked")
                .contains("suspend")
                .contains("runBlocking");
    }

    @Test
    void of_suspend_functions_that_a_wildcard_happens_to_match_the_first_is_told() {
        Weaving named = Weaving.ofNamed("com.acme.**#*");
        for (String method : List.of("first", "second")) {
            named.weave(withoutAnnotations(
                    classWith(method, "(Lkotlin/coroutines/Continuation;)Ljava/lang/Object;", 1, false)));
        }
        assertThat(named.lines())
                .singleElement()
                .asString()
                .startsWith("pluto: com.acme.Trainer.first is not tracked: a Kotlin suspend function")
                .endsWith("; so it is with all others that \"com.acme.**#*\" matches");
    }

    @Test
    void complaints_come_to_an_end_though_a_program_makes_classes_for_ever() {
        for (int i = 0; i < WeaveWarnings.MAX_LINES + 10; i++) {
            annotated.weave(classWith("train" + i, "(Lkotlin/coroutines/Continuation;)Ljava/lang/Object;", 1, false));
        }
        assertThat(annotated.lines()).hasSize(WeaveWarnings.MAX_LINES + 1);
        assertThat(annotated.lines().get(WeaveWarnings.MAX_LINES - 1)).contains("of what comes behind the next line");
        assertThat(annotated.lines().get(WeaveWarnings.MAX_LINES))
                .contains("train" + (WeaveWarnings.MAX_LINES - 1) + " is not");
    }

    @Test
    void a_method_without_a_free_local_variable_is_told() {
        assertThat(annotated.weave(classWith("train", "()Ljava/lang/Object;", 0xFFFE, false)))
                .isNotNull();
        assertThat(annotated.weave(classWith("train", "()Ljava/lang/Object;", 0xFFFF, false)))
                .isNull();
        assertThat(annotated.lines()).singleElement().asString().contains("all local variables");
    }

    @Test
    void P3_a_method_that_would_become_too_large_is_told_and_the_others_are_woven() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "com/acme/Trainer", null, "java/lang/Object", null);
        method(writer, "first", "()Ljava/lang/Object;", 0, false);
        method(writer, "train", "()Ljava/lang/Object;", 0, true);
        method(writer, "last", "()Ljava/lang/Object;", 0, false);
        byte[] woven = annotated.weave(writer.toByteArray());

        assertThat(enters(woven, "first", "()")).isEqualTo(1);
        assertThat(enters(woven, "train", "()")).isZero();
        assertThat(enters(woven, "last", "()")).isEqualTo(1);
        assertThat(annotated.lines())
                .singleElement()
                .asString()
                .matches(
                        "pluto: com\\.acme\\.Trainer\\.train is not tracked: with the agent's calls in it, it would have"
                                + " 655[0-9]{2} bytes of code, and the JVM takes 65535 at most; annotate the method that calls it");
    }

    @Test
    void P3_a_class_whose_only_tracked_method_would_become_too_large_is_left_as_it_is() {
        assertThat(annotated.weave(classWith("train", "()Ljava/lang/Object;", 0, true)))
                .isNull();
        assertThat(annotated.lines()).hasSize(1);
    }

    @Test
    void P3_a_class_file_of_a_newer_version_than_can_be_read_is_told_once_for_all_of_that_version() throws IOException {
        byte[] newest = Weaving.classFile(Declarations.class);
        newest[7] = (byte) ClassScan.NEWEST_READABLE;
        assertThat(enters(annotated.weave(newest), "full", "()")).isEqualTo(1);

        byte[] newer = newest.clone();
        newer[7]++;
        assertThatThrownBy(() -> new ClassReader(newer)).hasMessageContaining("Unsupported class file");
        assertThat(annotated.weave(Declarations.class, newer)).isNull();
        byte[] another = Weaving.classFile(Declarations.Instance.class);
        another[7] = newer[7];
        assertThat(annotated.weave(Declarations.Instance.class, another)).isNull();
        int java = ClassScan.NEWEST_READABLE - 44;
        assertThat(annotated.lines())
                .containsExactly(
                        "pluto: io.plutorun.agent.weave.Declarations runs untracked, as does every class like it:"
                                + " its class file has version " + newer[7] + " (Java " + (java + 1)
                                + "), and this agent can read up to " + ClassScan.NEWEST_READABLE + " (Java " + java
                                + "); use a newer pluto-agent, or compile with --release " + java);
    }

    @Test
    void P3_a_broken_class_file_is_left_to_the_jvm() {
        byte[] whole = classWith("train", "()Ljava/lang/Object;", 0, false);
        Weaving weaving = Weaving.ofNamed("com.acme.Trainer#train");
        byte[] cut = Arrays.copyOf(whole, whole.length - 20);
        assertThat(weaving.weave(cut)).isNull();
        assertThat(weaving.lines()).singleElement().asString().contains("can't be woven");
    }

    @Test
    void a_named_method_is_woven_without_annotation() throws IOException {
        Weaving named = Weaving.ofNamed("io.plutorun.agent.weave.Declarations#notTracked");
        assertThat(enters(named.weave(Weaving.classFile(Declarations.class)), "notTracked", "()"))
                .isEqualTo(1);
        assertThat(named.lines()).isEmpty();
    }

    @Test
    void a_wildcard_that_takes_in_constructors_means_methods_only() throws IOException {
        Weaving named = Weaving.ofNamed("io.plutorun.agent.weave.Declarations#*");
        byte[] woven = named.weave(Weaving.classFile(Declarations.class));
        assertThat(enters(woven, "notTracked", "()")).isEqualTo(1);
        assertThat(enters(woven, "<init>", "()")).isZero();
        assertThat(named.lines()).isEmpty();
    }

    @Test
    void a_named_method_that_the_class_does_not_declare_is_told_once_with_its_superclass() {
        Weaving named = Weaving.ofNamed("com.acme.Trainer#fit");
        byte[] classFile = classWith("train", "()Ljava/lang/Object;", 0, false);
        named.weave(classFile);
        named.weave(classFile);
        assertThat(named.lines())
                .singleElement()
                .asString()
                .contains("com.acme.Trainer does not declare \"com.acme.Trainer#fit\"")
                .contains("com.acme.Base");
    }

    @Test
    void but_not_where_the_class_was_named_with_a_wildcard() {
        Weaving named = Weaving.ofNamed("com.acme.*#fit");
        named.weave(classWith("train", "()Ljava/lang/Object;", 0, false));
        assertThat(named.lines()).isEmpty();
    }

    @Retention(RetentionPolicy.CLASS)
    @interface Experiment {}

    @SuppressWarnings("unused") // woven, not called
    static class Marked implements UnaryOperator<String> {
        @Experiment
        Marked() {}

        @Experiment
        static void train() {}

        @Override
        @Experiment
        public String apply(String text) {
            return text;
        }

        @Deprecated
        static void other() {}
    }

    @Test
    void a_method_that_bears_an_annotation_of_the_users_own_is_woven_and_its_bridge_is_not() throws IOException {
        Weaving weaving = Weaving.ofAnnotation(Experiment.class);
        byte[] woven = weaving.weave(Weaving.classFile(Marked.class));
        assertThat(enters(woven, "train", "()")).isEqualTo(1);
        assertThat(enters(woven, "apply", "(Ljava/lang/String;)")).isEqualTo(1);
        assertThat(enters(woven, "apply", "(Ljava/lang/Object;)")).isZero();
        assertThat(enters(woven, "other", "()")).isZero();
        assertThat(weaving.lines())
                .containsExactly("pluto: " + Marked.class.getName()
                        + ".<init> is not tracked: it is a constructor; annotate the method that calls it");
    }

    @Test
    void where_a_class_does_not_declare_a_named_method_the_nearest_that_it_declares_are_told() throws IOException {
        String name = Marked.class.getName();
        Weaving weaving = Weaving.ofNamed(name + "#trian(int)", name + "#aplly");
        weaving.weave(Weaving.classFile(Marked.class));
        assertThat(weaving.lines())
                .containsExactly(
                        "pluto: " + name + " does not declare \"" + name
                                + "#trian(int)\", so it is not tracked; the nearest" + " that it declares: train",
                        "pluto: " + name + " does not declare \"" + name
                                + "#aplly\", so it is not tracked; the nearest that" + " it declares: apply");
    }
}
