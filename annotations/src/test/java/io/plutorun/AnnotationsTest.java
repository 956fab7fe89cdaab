package io.plutorun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.DataInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotationsTest {

    @PlutoRun
    static void tracked(@PlutoParam int epochs) {
        assertThat(epochs).isZero();
    }

    private static Method tracked() throws NoSuchMethodException {
        return AnnotationsTest.class.getDeclaredMethod("tracked", int.class);
    }

    @Test
    void without_attributes_an_annotation_demands_nothing() throws ReflectiveOperationException {
        PlutoRun run = tracked().getAnnotation(PlutoRun.class);
        Map<String, Object> defaults = new TreeMap<>();
        for (Method attribute : PlutoRun.class.getDeclaredMethods()) {
            Object value = attribute.invoke(run);
            defaults.put(attribute.getName(), value instanceof String[] array ? array.length : value);
        }
        assertThat(defaults)
                .containsOnly(
                        entry("name", ""),
                        entry("project", ""),
                        entry("tags", 0),
                        entry("config", 0),
                        entry("externalId", ""),
                        entry("displayId", ""),
                        entry("runId", ""),
                        entry("resume", Resume.ALLOW),
                        entry("nesting", Nesting.JOIN),
                        entry("captureArguments", false),
                        entry("recordResult", false));
    }

    @Test
    void a_parameter_is_named_by_the_class_file_unless_the_annotation_does() throws NoSuchMethodException {
        PlutoParam param = tracked().getParameters()[0].getAnnotation(PlutoParam.class);
        assertThat(param).extracting(PlutoParam::value).isEqualTo("");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {PlutoRun.class, PlutoParam.class, Pluto.class, Run.class, AgentDoor.class, BridgedRun.class})
    void programs_for_java_8_can_use_them(Class<?> type) throws IOException {
        try (DataInputStream in = new DataInputStream(type.getResourceAsStream(type.getSimpleName() + ".class"))) {
            assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
            in.readUnsignedShort();
            assertThat(in.readUnsignedShort()).isEqualTo(52);
        }
    }
}
