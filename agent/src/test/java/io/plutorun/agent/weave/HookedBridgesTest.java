package io.plutorun.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.capture.ProgramText;
import io.plutorun.agent.capture.TextTaker;
import io.plutorun.agent.current.CurrentRuns;
import io.plutorun.agent.hook.Hook;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bridges between logging frameworks have classes of the same names with other methods. */
class HookedBridgesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org/apache/log4j/Category",
                "ch/qos/logback/classic/Logger",
                "org/apache/logging/log4j/core/Logger"
            })
    void a_class_that_lacks_the_hooked_method_is_left_as_it_is_without_a_line(String name) {
        ProgramText text = new ProgramText(nobody(CurrentRuns.class), StandardCharsets.UTF_8);
        text.addForRecords(nobody(TextTaker.class));
        Weaving weaving = Weaving.ofHooks(text.hooks().toArray(Hook[]::new));
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        writer.visitEnd();
        assertThat(weaving.weave(writer.toByteArray())).isNull();
        assertThat(weaving.lines()).isEqualTo(List.of());
    }

    private static <T> T nobody(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
    }
}
