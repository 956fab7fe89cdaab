package io.plutorun.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.call.TrackedMethod.Attributes;
import io.plutorun.agent.call.TrackedMethod.Parameter;
import io.plutorun.agent.settings.Options.ResumeRule;
import java.io.IOException;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClassScanTest {

    private static MethodScan scan(Class<?> type, String method) throws IOException {
        return scan(Weaving.classFile(type), method);
    }

    private static MethodScan scan(byte[] classFile, String name) {
        return ClassScan.of(new ClassReader(classFile)).methods().stream()
                .filter(method -> method.name().equals(name) && !method.isBridge())
                .findFirst()
                .orElseThrow();
    }

    private static byte[] withoutDebugTables(Class<?> type) throws IOException {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(Weaving.classFile(type)).accept(writer, ClassReader.SKIP_DEBUG);
        return writer.toByteArray();
    }

    /** As {@code javac -parameters} does it. */
    private static byte[] withDeclaredNames(Class<?> type, String method, @Nullable String... names)
            throws IOException {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(Weaving.classFile(type))
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    @Nullable String signature,
                                    String @Nullable [] exceptions) {
                                MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                                if (name.equals(method)) {
                                    for (String declared : names) {
                                        next.visitParameter(declared, 0);
                                    }
                                }
                                return next;
                            }
                        },
                        0);
        return writer.toByteArray();
    }

    @Test
    void an_annotation_without_attributes_says_nothing() throws IOException {
        MethodScan method = scan(Declarations.class, "bare");
        assertThat(method.isAnnotated()).isTrue();
        assertThat(method.attributes()).isEqualTo(Attributes.NONE);
    }

    @Test
    void every_attribute_is_read() throws IOException {
        assertThat(scan(Declarations.class, "full").attributes())
                .isEqualTo(new Attributes(
                        "first ${arg.lr}",
                        "digits",
                        List.of("a", "b"),
                        List.of("lr=0.1", "optimizer.name=sgd"),
                        "mine",
                        "MMP-1",
                        "42",
                        ResumeRule.MUST,
                        true,
                        true,
                        true));
    }

    @Test
    void what_is_written_counts_even_where_it_is_the_default_but_blank_is_not_given() throws IOException {
        assertThat(scan(Declarations.class, "written").attributes())
                .isEqualTo(new Attributes(
                        null,
                        null,
                        List.of(),
                        List.of("single=1"),
                        null,
                        null,
                        null,
                        ResumeRule.ALLOW,
                        false,
                        false,
                        null));
    }

    @Test
    void another_annotation_is_not_this_one() throws IOException {
        assertThat(scan(Declarations.class, "notTracked").isAnnotated()).isFalse();
    }

    @Test
    void parameters_are_named_by_the_annotation_else_by_the_debug_table() throws IOException {
        assertThat(scan(Declarations.class, "parameters").parameters())
                .containsExactly(
                        new Parameter("optimizer.lr", "rate", true),
                        new Parameter("steps", "steps", false),
                        new Parameter("file", "file", true),
                        new Parameter("blank", "blank", true));
        assertThat(scan(Declarations.Instance.class, "parameters").parameters())
                .containsExactly(new Parameter("wide", "wide", false), new Parameter("narrow", "narrow", false));
    }

    @Test
    void the_method_parameters_attribute_goes_before_the_debug_table() throws IOException {
        assertThat(scan(withDeclaredNames(Declarations.class, "parameters", "a", "b", null, "d"), "parameters")
                        .parameters())
                .containsExactly(
                        new Parameter("optimizer.lr", "a", true),
                        new Parameter("b", "b", false),
                        new Parameter("file", "file", true),
                        new Parameter("d", "d", true));
    }

    /** As compilers list them that begin with the innermost block, and as agents leave them that put instructions first. */
    @Test
    void where_a_parameters_slot_is_used_again_the_variable_that_begins_first_is_the_parameter() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "com/acme/Trainer", null, "java/lang/Object", null);
        MethodVisitor visitor = writer.visitMethod(Opcodes.ACC_STATIC, "train", "(I)V", null, null);
        Label body = new Label();
        Label later = new Label();
        Label end = new Label();
        visitor.visitCode();
        visitor.visitInsn(Opcodes.NOP);
        visitor.visitLabel(body);
        visitor.visitInsn(Opcodes.NOP);
        visitor.visitLabel(later);
        visitor.visitInsn(Opcodes.RETURN);
        visitor.visitLabel(end);
        visitor.visitLocalVariable("reused", "J", null, later, end, 0);
        visitor.visitLocalVariable("epochs", "I", null, body, later, 0);
        visitor.visitLocalVariable("reusedAgain", "J", null, later, end, 0);
        visitor.visitMaxs(0, 1);
        visitor.visitEnd();

        assertThat(scan(writer.toByteArray(), "train").parameters())
                .containsExactly(new Parameter("epochs", "epochs", false));
    }

    @Test
    void without_either_they_are_numbered() throws IOException {
        assertThat(scan(withoutDebugTables(Declarations.class), "parameters").parameters())
                .containsExactly(
                        new Parameter("optimizer.lr", null, true),
                        new Parameter("arg1", null, false),
                        new Parameter("arg2", null, true),
                        new Parameter("arg3", null, true));
    }

    @Test
    void kinds_of_method_are_told_apart() throws IOException {
        assertThat(ClassScan.of(new ClassReader(Weaving.classFile(Declarations.Bridged.class)))
                        .methods())
                .filteredOn(method -> method.name().equals("apply"))
                .hasSize(2)
                .allMatch(MethodScan::isAnnotated)
                .extracting(MethodScan::isBridge)
                .containsExactlyInAnyOrder(true, false);
        assertThat(scan(Declarations.WithoutBody.class, "train").hasCode()).isFalse();
        assertThat(scan(Declarations.WithoutBody.class, "other").hasCode()).isTrue();
        assertThat(scan(Declarations.class, "<init>").isConstructor()).isTrue();
        assertThat(scan(Declarations.class, "full").isConstructor()).isFalse();
        assertThat(scan(Declarations.class, "full").isStatic()).isTrue();
        assertThat(scan(Declarations.Instance.class, "parameters").isStatic()).isFalse();
    }

    @Test
    void a_suspend_function_is_known_by_its_last_parameter_and_its_result() {
        assertThat(suspend("(ILkotlin/coroutines/Continuation;)Ljava/lang/Object;"))
                .isTrue();
        assertThat(suspend("(Lkotlin/coroutines/Continuation;)V")).isFalse();
        assertThat(suspend("(Lkotlin/coroutines/Continuation;I)Ljava/lang/Object;"))
                .isFalse();
        assertThat(suspend("()Ljava/lang/Object;")).isFalse();
    }

    private static boolean suspend(String descriptor) {
        return new MethodScan(Opcodes.ACC_STATIC, "train", descriptor).isSuspendFunction();
    }
}
