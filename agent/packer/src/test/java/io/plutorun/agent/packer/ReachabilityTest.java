package io.plutorun.agent.packer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachabilityTest {

    private static final Map<String, byte[]> LIBRARY = Map.of(
            "lib/A.class", ClassFiles.calling("lib/A"),
            "lib/B.class", ClassFiles.calling("lib/B"),
            "lib/AA.class", ClassFiles.calling("lib/AA"),
            "lib/resource", new byte[0]);

    private static Map<String, byte[]> reachedFrom(byte[] root) {
        return Reachability.from(Map.of("io/plutorun/Root.class", root), LIBRARY);
    }

    @Test
    void an_instruction_reaches_a_class() {
        assertThat(reachedFrom(ClassFiles.calling("Root", "lib/A"))).containsOnlyKeys("lib/A.class");
    }

    @Test
    void what_is_reached_reaches_on_and_circles_end() {
        Map<String, byte[]> library = Map.of(
                "lib/A.class", ClassFiles.calling("lib/A", "lib/B"),
                "lib/B.class", ClassFiles.calling("lib/B", "lib/C"),
                "lib/C.class", ClassFiles.calling("lib/C", "lib/A"),
                "lib/D.class", ClassFiles.calling("lib/D", "lib/A"));
        assertThat(Reachability.from(Map.of("Root.class", ClassFiles.calling("Root", "lib/A")), library))
                .containsOnlyKeys("lib/A.class", "lib/B.class", "lib/C.class");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lib.A", "lib/A", "[Llib.A;", "Llib/A;"})
    void a_literal_such_as_class_forName_takes_reaches_a_class(String literal) {
        assertThat(reachedFrom(ClassFiles.saying("Root", literal))).containsOnlyKeys("lib/A.class");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ljava/util/List<Llib/A;>;",
                "Ljava/util/Map<TK;[Llib/A;>;",
                "<T:Llib/A;>Ljava/lang/Object;",
                "<T::Llib/A;>Ljava/lang/Object;",
                "<L:Llib/A;>Ljava/lang/Object;",
                "Ljava/util/List<+Llib/A;>;",
                "Llib/A<Ljava/lang/String;>;"
            })
    void a_generic_signature_reaches_a_class(String signature) {
        assertThat(reachedFrom(ClassFiles.signed("Root", signature))).containsOnlyKeys("lib/A.class");
    }

    @Test
    void a_descriptor_reaches_a_class() {
        assertThat(reachedFrom(ClassFiles.holding("Root", "[[Llib/A;"))).containsOnlyKeys("lib/A.class");
    }

    @Test
    void what_nobody_names_is_not_reached() {
        assertThat(reachedFrom(ClassFiles.saying("Root", "lib.AAA and lib.A.b")))
                .isEmpty();
    }

    private static Set<String> methodsReachedFrom(byte[] root, byte[] type) {
        byte[] reached = Reachability.from(Map.of("Root.class", root), Map.of("lib/A.class", type))
                .getOrDefault("lib/A.class", new byte[0]);
        return new LibraryClass(reached)
                .methods().stream().map(method -> method.name + method.desc).collect(Collectors.toSet());
    }

    @Test
    void a_method_is_reached_by_its_name_and_descriptor_and_no_other_is() {
        assertThat(methodsReachedFrom(
                        ClassFiles.calling("Root", "lib/A"),
                        ClassFiles.declaring("lib/A", "java/lang/Object", "run()V", "run(I)V", "other()V")))
                .containsExactly("run()V");
    }

    @Test
    void a_call_through_a_supertype_reaches_the_method_that_overrides() {
        Map<String, byte[]> library = Map.of(
                "lib/A.class", ClassFiles.declaring("lib/A", "java/lang/Object", "run()V"),
                "lib/B.class", ClassFiles.declaring("lib/B", "lib/A", "run()V", "other()V"));
        byte[] overriding = Reachability.from(
                        Map.of(
                                "Root.class", ClassFiles.calling("Root", "lib/A"),
                                "Other.class", ClassFiles.holding("Other", "Llib/B;")),
                        library)
                .getOrDefault("lib/B.class", new byte[0]);
        assertThat(new LibraryClass(overriding).methods())
                .extracting(method -> method.name)
                .containsExactly("run");
    }

    @Test
    void a_literal_such_as_class_getMethod_takes_reaches_a_method() {
        assertThat(methodsReachedFrom(
                        ClassFiles.saying("Root", "lib.A", "named"),
                        ClassFiles.declaring("lib/A", "java/lang/Object", "named(I)V", "other()V")))
                .containsExactly("named(I)V");
    }

    @Test
    void what_the_jdk_may_call_is_reached_without_a_caller() {
        assertThat(methodsReachedFrom(
                        ClassFiles.holding("Root", "Llib/A;"),
                        ClassFiles.declaring("lib/A", "java/lang/Thread", "run()V", "interrupt()V")))
                .containsExactlyInAnyOrder("run()V", "interrupt()V");
        assertThat(methodsReachedFrom(
                        ClassFiles.holding("Root", "Llib/A;"),
                        ClassFiles.declaring(
                                "lib/A", "java/lang/Object", "<clinit>()V", "<init>()V", "<init>(I)V", "finalize()V")))
                .containsExactlyInAnyOrder("<clinit>()V", "<init>()V", "finalize()V");
    }

    @Test
    void a_method_that_is_not_reached_reaches_nothing() {
        Map<String, byte[]> library = Map.of(
                "lib/A.class", ClassFiles.callingInVain("lib/A", "lib/B"),
                "lib/B.class", ClassFiles.calling("lib/B"));
        assertThat(Reachability.from(Map.of("Root.class", ClassFiles.holding("Root", "Llib/A;")), library))
                .containsOnlyKeys("lib/A.class");
    }
}
