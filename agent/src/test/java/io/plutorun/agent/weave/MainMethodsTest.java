package io.plutorun.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings({"unused", "IncorrectMainMethod"}) // the methods of the classes are read, not called
class MainMethodsTest {

    private static final String WITH_ARGUMENTS = "([Ljava/lang/String;)V";
    private static final String WITHOUT_ARGUMENTS = "()V";

    static class Both {
        public static void main() {}

        public static void main(String[] arguments) {}
    }

    static class OfObject {
        void main() {}

        private static void main(String[] arguments) {}
    }

    static class NotMain {
        static void main(int number) {}

        static int main(String argument) {
            return 0;
        }
    }

    static class Heir extends Both {
        static void other() {}
    }

    static class HeirWithOneOfItsOwn extends Both {
        public static void main() {}
    }

    static class HeirOfObject extends OfObject {}

    private final Set<String> classes = new HashSet<>();
    private final MainMethods mains = new MainMethods(classes);

    private static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private List<String> mainOf(Class<?> type) throws IOException {
        ClassScan scan = ClassScan.of(new ClassReader(Weaving.classFile(type)));
        return mains.in(internalName(type), scan, type.getClassLoader()).stream()
                .map(MethodScan::descriptor)
                .toList();
    }

    static List<Arguments> classesWithTheirOwn() {
        return List.of(Arguments.of(Both.class, WITH_ARGUMENTS), Arguments.of(OfObject.class, WITHOUT_ARGUMENTS));
    }

    @ParameterizedTest
    @MethodSource("classesWithTheirOwn")
    void the_one_that_takes_the_arguments_goes_first(Class<?> type, String descriptor) throws IOException {
        classes.add(internalName(type));
        assertThat(mainOf(type)).containsExactly(descriptor);
        assertThat(mains.mainClass(internalName(type))).isEqualTo(type.getName());
    }

    static List<Arguments> heirs() {
        return List.of(
                Arguments.of(Heir.class, Both.class, WITH_ARGUMENTS),
                Arguments.of(HeirWithOneOfItsOwn.class, Both.class, WITH_ARGUMENTS),
                Arguments.of(HeirOfObject.class, OfObject.class, WITHOUT_ARGUMENTS));
    }

    @ParameterizedTest
    @MethodSource("heirs")
    void an_inherited_one_is_that_of_the_superclass(Class<?> heir, Class<?> superclass, String descriptor)
            throws IOException {
        classes.add(internalName(heir));
        assertThat(mainOf(heir)).isEmpty();
        assertThat(classes).containsExactlyInAnyOrder(internalName(heir), internalName(superclass));
        assertThat(mainOf(superclass)).containsExactly(descriptor);
        assertThat(mains.mainClass(internalName(superclass)))
                .as("the program's name")
                .isEqualTo(heir.getName());
    }

    @Test
    void methods_that_are_only_called_main_are_none() throws IOException {
        classes.add(internalName(NotMain.class));
        assertThat(mainOf(NotMain.class)).isEmpty();
        assertThat(classes).hasSize(1);
    }

    @Test
    void other_classes_have_none() throws IOException {
        assertThat(mainOf(Both.class)).isEmpty();
        assertThat(classes).isEmpty();
    }
}
