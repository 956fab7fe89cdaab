package io.plutorun.agent.hook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactMethodTest {

    private static final ExactMethod STEP = ExactMethod.of("com.acme.Outer$Trainer", "step");

    @Test
    void a_class_is_known_by_its_internal_name() {
        assertThat(STEP.apply("com/acme/Outer$Trainer")).containsExactly(STEP);
        assertThat(STEP.apply("com/acme/Outer$Trained")).isEmpty();
        assertThat(STEP.apply("com/acme/Outer$Trainer2")).isEmpty();
        assertThat(STEP.apply("org/acme/Outer$Trainer")).isEmpty();
    }

    @Test
    void every_overload_is_meant_where_nothing_is_said_of_parameters() {
        assertThat(STEP.test("step", "()V")).isTrue();
        assertThat(STEP.test("step", "(I)J")).isTrue();
        assertThat(STEP.test("steps", "()V")).isFalse();
    }

    @Test
    void a_descriptor_may_leave_out_what_the_method_returns() {
        assertThat(STEP.withDescriptor("(I)").test("step", "(I)J")).isTrue();
        assertThat(STEP.withDescriptor("(I)J").test("step", "(I)J")).isTrue();
        assertThat(STEP.withDescriptor("(I)V").test("step", "(I)J")).isFalse();
        assertThat(STEP.withDescriptor("(I)").test("step", "(II)J")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0, ()V",
        "1, (J)V",
        "1, ([[D)V",
        "1, (Lscala/collection/Seq;)V",
        "3, (I[Lml/dmlc/xgboost4j/java/DMatrix;[Ljava/lang/String;)Ljava/lang/String;",
        "4, (ZLa;Lb;J)La;"
    })
    void parameters_are_counted(int count, String descriptor) {
        assertThat(STEP.withParameterCount(count).test("step", descriptor)).isTrue();
        assertThat(STEP.withParameterCount(count + 1).test("step", descriptor)).isFalse();
    }

    @Test
    void its_text_is_how_settings_name_a_method() {
        assertThat(STEP.withParameterCount(2)).hasToString("com.acme.Outer$Trainer#step");
    }
}
