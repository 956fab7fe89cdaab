package io.plutorun.agent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may use which other one, as CONTRIBUTING.md and each package-info say. */
class ArchitectureTest {

    private static final String AGENT = "io.plutorun.agent.";

    /** What each room may call, of the agent's other rooms. Ground floor first. */
    private static final Map<String, Set<String>> MAY_CALL = Map.ofEntries(
            Map.entry("json", Set.of()),
            Map.entry("quiet", Set.of()),
            Map.entry("host", Set.of()),
            Map.entry("settings", Set.of("host", "json")),
            Map.entry("edge", Set.of("json", "settings", "host")),
            Map.entry("http", Set.of("host", "json")),
            Map.entry("api", Set.of("http", "settings", "host", "json")),
            Map.entry("describe", Set.of("current", "edge", "host", "host.linux", "json")),
            Map.entry("describe.place", Set.of("describe", "edge", "host", "host.commands", "host.linux")),
            Map.entry("describe.program", Set.of("describe", "edge", "host", "host.commands", "host.linux", "json")),
            Map.entry("sample", Set.of("settings", "edge", "host", "host.commands", "host.linux")),
            Map.entry("host.commands", Set.of()),
            Map.entry("host.linux", Set.of()),
            Map.entry("journal", Set.of("api", "edge", "host", "json")),
            Map.entry("metrics.report", Set.of()),
            Map.entry("metrics.disk", Set.of("host")),
            Map.entry("metrics.data", Set.of("metrics.disk", "metrics.report")),
            Map.entry("metrics.buffer", Set.of("metrics.disk", "metrics.report")),
            Map.entry("metrics", Set.of("host", "metrics.buffer", "metrics.data", "metrics.disk", "metrics.report")),
            Map.entry("send", Set.of("journal", "api", "http")),
            Map.entry("ingest", Set.of("metrics", "metrics.data", "metrics.disk", "journal", "api", "http")),
            Map.entry("files", Set.of("ingest", "send", "journal", "api", "http", "edge", "host")),
            Map.entry("failure", Set.of("files", "journal", "host", "host.linux")),
            Map.entry("delivery", Set.of("ingest", "metrics", "send", "journal", "api", "http", "host", "json")),
            Map.entry(
                    "values",
                    Set.of(
                            "current",
                            "delivery",
                            "failure",
                            "files",
                            "ingest",
                            "sample",
                            "metrics",
                            "metrics.report",
                            "journal",
                            "api",
                            "http",
                            "edge")),
            Map.entry("replay", Set.of("files", "ingest", "send", "journal", "api", "http", "edge", "host")),
            Map.entry("heartbeat", Set.of("send", "api", "http", "host")),
            Map.entry("call", Set.of("objects", "settings", "host")),
            Map.entry("hook", Set.of("call")),
            Map.entry("objects", Set.of()),
            Map.entry("current", Set.of("metrics")),
            Map.entry("autolog", Set.of("hook", "current", "metrics", "objects", "edge")),
            Map.entry("autolog.djl", Set.of("autolog", "hook", "objects", "current")),
            Map.entry("autolog.dl4j", Set.of("autolog", "hook", "objects", "current")),
            Map.entry("autolog.lightgbm", Set.of("autolog", "hook", "objects", "current")),
            Map.entry("autolog.opennlp", Set.of("autolog", "hook", "objects", "current")),
            Map.entry("autolog.spark", Set.of("autolog", "autolog.spark.executor", "hook", "objects", "current")),
            Map.entry("autolog.spark.executor", Set.of("autolog", "hook", "objects", "current", "metrics")),
            Map.entry("children", Set.of("hook", "current")),
            Map.entry("autolog.tribuo", Set.of("autolog", "hook", "objects", "current")),
            Map.entry("autolog.xgboost", Set.of("autolog", "hook", "objects", "current")),
            Map.entry("results", Set.of("hook", "current", "metrics", "objects", "edge")),
            Map.entry("capture", Set.of("hook", "objects", "current")),
            Map.entry("lines", Set.of("capture", "hook", "current", "metrics", "edge", "host", "json")),
            Map.entry("console", Set.of("capture", "current", "metrics", "edge")),
            Map.entry("named", Set.of("edge", "host")),
            Map.entry("identity", Set.of("call", "journal", "api", "settings", "host", "json")),
            Map.entry(
                    "spec",
                    Set.of("identity", "call", "objects", "journal", "api", "settings", "edge", "host", "json")),
            Map.entry("shutdown", Set.of("host")),
            Map.entry("sweep", Set.of("current", "spec", "call", "journal", "api", "edge", "host", "json")),
            Map.entry("verdict", Set.of("shutdown", "journal", "api")),
            Map.entry(
                    "messages",
                    Set.of(
                            "spec",
                            "identity",
                            "call",
                            "delivery",
                            "heartbeat",
                            "send",
                            "journal",
                            "api",
                            "http",
                            "settings",
                            "edge")),
            Map.entry(
                    "run",
                    Set.of(
                            "messages",
                            "values",
                            "results",
                            "failure",
                            "files",
                            "current",
                            "sweep",
                            "verdict",
                            "shutdown",
                            "identity",
                            "spec",
                            "call",
                            "delivery",
                            "replay",
                            "heartbeat",
                            "send",
                            "metrics",
                            "journal",
                            "api",
                            "http",
                            "settings",
                            "edge",
                            "host")),
            Map.entry(
                    "bridge",
                    Set.of("run", "current", "metrics", "hook", "objects", "json", "shutdown", "edge", "host")),
            Map.entry(
                    "weave", Set.of("bridge", "run", "hook", "named", "call", "shutdown", "settings", "edge", "host")),
            Map.entry("cli", Set.of("replay", "journal", "api", "settings", "edge", "host", "json")),
            Map.entry("launch.program", Set.of()),
            Map.entry("launch", Set.of("launch.program")));

    /** The libraries, and the one room that may call each. */
    private static final Map<String, String> OWNER_OF_LIBRARY = Map.of(
            "okhttp3..", "http",
            "okio..", "http",
            "com.fasterxml..", "json",
            "net.bytebuddy..", "weave",
            "picocli..", "cli");

    /** Launch has two tasks, since all that an idle JVM loads lives there: to find the classes that matter, and to load the engine. */
    private static final Map<String, Integer> MAX_CLASSES = Map.of("launch", 16);

    private static final JavaClasses AGENT_CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/fake-pluto/") && !location.contains("/annotations/"))
            .importPackages("io.plutorun.agent");

    /** Wiring stands above all rooms. */
    private static boolean isWiring(JavaClass type) {
        return (type.getPackageName() + ".").equals(AGENT);
    }

    /** A package inside another one is a room of its own. */
    private static String room(JavaPackage javaPackage) {
        return javaPackage.getName().substring(AGENT.length());
    }

    static Set<String> rooms() {
        Set<String> rooms = new TreeSet<>();
        for (JavaClass type : AGENT_CLASSES) {
            if (!isWiring(type)) {
                rooms.add(room(type.getPackage()));
            }
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
                .map(other -> AGENT + other)
                .toArray(String[]::new);
        noClasses()
                .that(resideInAPackage(AGENT + room))
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
        slices().matching(AGENT + "(**)").should().beFreeOfCycles().check(AGENT_CLASSES);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void a_room_has_no_circles_inside(String room) {
        slices().assignedFrom(new TopLevelClasses(AGENT + room))
                .should()
                .beFreeOfCycles()
                .check(AGENT_CLASSES);
    }

    /** Each top-level class of a room, with the classes inside it. */
    private record TopLevelClasses(String packageName) implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().equals(packageName)
                    ? SliceIdentifier.of(topLevel(type))
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "top-level classes of " + packageName;
        }
    }

    private static String topLevel(JavaClass type) {
        String name = type.getName();
        int inner = name.indexOf('$');
        return inner < 0 ? name : name.substring(0, inner);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void a_room_has_no_more_than_fifteen_classes(String room) {
        assertThat(AGENT_CLASSES.stream()
                        .filter(type ->
                                !isWiring(type) && room(type.getPackage()).equals(room))
                        .map(ArchitectureTest::topLevel)
                        .filter(name -> !name.endsWith(".package-info"))
                        .distinct())
                .hasSizeLessThanOrEqualTo(MAX_CLASSES.getOrDefault(room, 15));
    }

    @Test
    void no_file_has_more_than_three_hundred_lines() throws IOException {
        Map<String, Integer> tooLong = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String name = String.valueOf(file.getFileName());
                int lines = Files.readAllLines(file).size();
                if (lines > 300) {
                    tooLong.put(name, lines);
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    private static final DescribedPredicate<JavaAccess<?>> READS_THE_ENVIRONMENT = DescribedPredicate.describe(
            "read the environment or a system property",
            access -> access.getTargetOwner().isEquivalentTo(System.class)
                    && Set.of("getenv", "getProperty", "getProperties").contains(access.getName()));

    @Test
    void the_environment_is_read_in_one_place() {
        noClasses()
                .that(DescribedPredicate.not(resideInAPackage(AGENT + "launch..")))
                .and()
                .doNotHaveFullyQualifiedName(AGENT + "Wiring")
                .should()
                .accessTargetWhere(READS_THE_ENVIRONMENT)
                .check(AGENT_CLASSES);
        assertThat(classes()
                        .that()
                        .haveFullyQualifiedName(AGENT + "Wiring")
                        .should()
                        .onlyAccessMembersThat(DescribedPredicate.alwaysFalse())
                        .evaluate(AGENT_CLASSES)
                        .getFailureReport()
                        .getDetails())
                .as("calls and references are seen")
                .anyMatch(line -> line.contains("System.getenv()"))
                .anyMatch(line -> line.contains("System.getProperty("));
    }

    @Test
    void no_room_knows_the_wiring() {
        noClasses()
                .that(resideInAPackage(AGENT + "*.."))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(AGENT + "Wiring")
                .check(AGENT_CLASSES);
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
                .that(DescribedPredicate.not(resideInAnyPackage(AGENT + "cli..", AGENT + "capture..")))
                .should()
                .accessField(System.class, "out")
                .check(AGENT_CLASSES);
        noClasses()
                .that(resideInAPackage(AGENT + "capture.."))
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "print, or replace a stream",
                        call -> call.getName().matches("set(Out|Err)")
                                || call.getTargetOwner().isAssignableTo(PrintStream.class)))
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
                .that(DescribedPredicate.not(
                        resideInAnyPackage(AGENT + "cli..", AGENT + "launch..", AGENT + "capture..")))
                .should()
                .accessField(System.class, "err")
                .check(AGENT_CLASSES);
    }

    @Test
    void P1_nobody_ends_the_programs_jvm_but_where_the_user_has_asked_for_it() {
        noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage(AGENT + "cli..", AGENT + "launch..")))
                .and()
                .doNotHaveFullyQualifiedName(AGENT + "shutdown.JvmExit")
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
        if (room.startsWith(
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
