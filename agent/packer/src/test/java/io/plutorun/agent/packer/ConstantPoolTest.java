package io.plutorun.agent.packer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

class ConstantPoolTest {

    @Test
    void texts_of_every_width_are_read_and_the_gap_behind_a_long_is_stepped_over() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, 0, "A", null, "java/lang/Object", null);
        writer.newConst(1L);
        writer.newConst(2.0);
        writer.newConst("nul \0, umlaut ü, snowman ☃, clef \uD834\uDD1E");
        writer.newConst("behind");
        assertThat(ConstantPool.of(writer.toByteArray()).texts())
                .contains("A", "java/lang/Object", "nul \0, umlaut ü, snowman ☃, clef \uD834\uDD1E", "behind");
    }
}
