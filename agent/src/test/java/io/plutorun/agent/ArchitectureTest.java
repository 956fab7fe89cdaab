package io.plutorun.agent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.FileDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rooms of the house and the doors between them, as DESIGN.md §2 and each package-info say. */
class ArchitectureTest {

    private static final String AGENT = "io.plutorun.agent.";

    /** What each room may call, of the agent's other rooms. Ground floor first. */
    private static final Map<String, Set<String>> MAY_CALL = Map.ofEntries(
            Map.entry("json", Set.of()),
            Map.entry("quiet", Set.of()),
            Map.entry("settings", Set.of("json")),
            Map.entry("edge", Set.of("json", "settings")),
            Map.entry("api", Set.of("json")),
            Map.entry("metrics", Set.of()),
            Map.entry("describe", Set.of("edge")),
            Map.entry("journal", Set.of("api", "edge", "json")),
            Map.entry("run", Set.of("journal", "api", "describe", "settings", "edge", "json")),
            Map.entry("weave", Set.of("run", "settings", "edge")),
            Map.entry("cli", Set.of("run", "journal", "api", "describe", "settings", "edge", "json")),
            Map.entry("launch", Set.of()));

    /** The libraries, and the one room that may call each. */
    private static final Map<String, String> OWNER_OF_LIBRARY = Map.of(
            "okhttp3..", "api",
            "okio..", "api",
            "com.fasterxml..", "json",
            "net.bytebuddy..", "weave",
            "picocli..", "cli");

    private static final JavaClasses AGENT_CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/fake-pluto/") && !location.contains("/annotations/"))
            .importPackages("io.plutorun.agent");

    private static String room(JavaPackage javaPackage) {
        String below = javaPackage.getName().substring(AGENT.length());
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }

    static Set<String> rooms() {
        Set<String> rooms = new TreeSet<>();
        for (JavaClass type : AGENT_CLASSES) {
            rooms.add(room(type.getPackage()));
        }
        return rooms;
    }

    @Test
    void every_room_is_known_here() {
        assertThat(rooms()).containsExactlyInAnyOrderElementsOf(MAY_CALL.keySet());
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void a_room_calls_only_the_rooms_that_it_may(String room) {
        Set<String> allowed = requireNonNull(MAY_CALL.get(room));
        String[] forbidden = rooms().stream()
                .filter(other -> !other.equals(room) && !allowed.contains(other))
                .map(other -> AGENT + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that(resideInAPackage(AGENT + room + ".."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(forbidden))
                .check(AGENT_CLASSES);
    }

    static Set<String> libraries() {
        return OWNER_OF_LIBRARY.keySet();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void a_library_is_called_from_one_room(String library) {
        String owner = AGENT + requireNonNull(OWNER_OF_LIBRARY.get(library)) + "..";
        noClasses()
                .that(DescribedPredicate.not(resideInAPackage(owner)))
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .check(AGENT_CLASSES);
    }

    @Test
    void nothing_else_is_called_but_the_jdk_and_annotations() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "javax.net..",
                        "com.sun.management..",
                        "com.sun.tools.attach..",
                        "org.jspecify.annotations..",
                        "io.plutorun.agent..",
                        "okhttp3..",
                        "okio..",
                        "kotlin..",
                        "com.fasterxml.jackson.core..",
                        "net.bytebuddy.jar.asm..",
                        "picocli.."))
                .check(AGENT_CLASSES);
    }

    @Test
    void P2_the_launch_classes_call_the_jdk_alone() {
        classes()
                .that(resideInAPackage(AGENT + "launch.."))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify.annotations..", AGENT + "launch.."))
                .check(AGENT_CLASSES);
    }

    @Test
    void rooms_make_no_circles() {
        slices().matching(AGENT + "(*)..").should().beFreeOfCycles().check(AGENT_CLASSES);
    }

    @Test
    void P1_nobody_wakes_the_jdks_logging() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.apache.."))
                .check(AGENT_CLASSES);
    }

    @Test
    void P1_stdout_belongs_to_the_program() {
        noClasses()
                .that(DescribedPredicate.not(resideInAPackage(AGENT + "cli..")))
                .should()
                .accessField(System.class, "out")
                .check(AGENT_CLASSES);
        noClasses()
                .that(DescribedPredicate.not(resideInAPackage(AGENT + "cli..")))
                .should()
                .accessField(FileDescriptor.class, "out")
                .check(AGENT_CLASSES);
    }

    @Test
    void the_engine_does_not_speak_through_a_stderr_that_the_program_may_have_replaced() {
        noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage(AGENT + "cli..", AGENT + "launch..")))
                .should()
                .accessField(System.class, "err")
                .check(AGENT_CLASSES);
    }

    @Test
    void P1_nobody_ends_the_programs_jvm_but_where_the_user_has_asked_for_it() {
        noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage(AGENT + "cli..", AGENT + "launch..")))
                .and()
                .doNotHaveFullyQualifiedName(AGENT + "run.JvmExit")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(AGENT_CLASSES);
    }

    @Test
    void the_bridge_is_never_named_at_compile_time() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.PlutoBridge")
                .check(AGENT_CLASSES);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void every_room_has_a_paragraph_that_says_who_lives_there_and_nullness_is_checked(String room)
            throws ReflectiveOperationException {
        if (room.equals(
                "launch")) { // Java 8 class files can't bear the annotation; the build names the package instead
            return;
        }
        Class<?> info = Class.forName(AGENT + room + ".package-info");
        assertThat(info.isAnnotationPresent(NullMarked.class)).isTrue();
    }

    @Test
    void what_the_rules_say_is_found_when_it_is_broken() {
        List<String> broken = noClasses()
                .that(resideInAPackage(AGENT + "settings.."))
                .should()
                .dependOnClassesThat(resideInAPackage(AGENT + "json.."))
                .evaluate(AGENT_CLASSES)
                .getFailureReport()
                .getDetails();
        assertThat(broken).isNotEmpty();
    }
}
