package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.AnnotationCopies;
import io.plutorun.e2e.programs.InterfaceShapes;
import io.plutorun.e2e.programs.ManyLoaders;
import io.plutorun.e2e.programs.ManyThreads;
import io.plutorun.e2e.programs.MethodShapes;
import io.plutorun.e2e.programs.ModernShapes;
import io.plutorun.e2e.programs.OneRun;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import io.plutorun.fake.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** P1: whatever a tracked method looks like and wherever its class comes from, it does what it did before, and is one run. */
class WovenClassesTest {

    /** The calls of {@link MethodShapes}, in its order. */
    private static final List<String> METHOD_SHAPES = List.of(
            "MethodShapes.privateMethod",
            "MethodShapes.staticMethod",
            "MethodShapes.synchronizedMethod",
            "MethodShapes.staticSynchronizedMethod",
            "MethodShapes.generic",
            "MethodShapes.overloaded",
            "MethodShapes.overloaded",
            "MethodShapes.overloaded",
            "MethodShapes.varargs",
            "MethodShapes.wide",
            "MethodShapes.manyLocals",
            "MethodShapes.loopFirst",
            "MethodShapes.endlessLoopFirst",
            "MethodShapes.loopOverWideLocals",
            "MethodShapes.returnThroughFinally",
            "MethodShapes.returnInFinally",
            "MethodShapes.nestedTry",
            "MethodShapes.returnInSynchronized",
            "MethodShapes.switchOnInt",
            "MethodShapes.switchOnSparse",
            "MethodShapes.switchOnText",
            "MethodShapes.branches",
            "MethodShapes.recursive",
            "MethodShapes.noResult",
            "MethodShapes.booleanResult",
            "MethodShapes.byteResult",
            "MethodShapes.charResult",
            "MethodShapes.shortResult",
            "MethodShapes.intResult",
            "MethodShapes.longResult",
            "MethodShapes.floatResult",
            "MethodShapes.doubleResult",
            "MethodShapes.nullResult",
            "MethodShapes.arrayResult",
            "MethodShapes.arraysResult",
            "Inner.innerMethod",
            "Nested.nestedMethod",
            "MethodShapes$1.compare",
            "MethodShapes$1Local.localMethod",
            "Bridged.bridgeMethod",
            "MethodShapes$Optimizer$1.step",
            "Optimizer.step",
            "MethodShapes.throwsThroughFinally");

    private static final List<String> INTERFACE_SHAPES = List.of(
            "Shape.staticMethod",
            "Shape.defaultMethod",
            "InterfaceShapes.withLambda",
            "InterfaceShapes.referredTo",
            "Doubled.apply");

    private static final List<String> MODERN_SHAPES = List.of(
            "Point.recordMethod",
            "Metered.privateInterfaceMethod",
            "ModernShapes.patterns",
            "ModernShapes.patterns",
            "ModernShapes.patterns",
            "ModernShapes.switchExpression",
            "TrackedMain.main");

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_method_of_any_shape_is_one_run_and_does_what_it_did(Jdk jdk) {
        assertUnchangedButTracked(
                jdk,
                Program.of(ModernShapes.class),
                Program.of(ModernShapes.class),
                List.of(METHOD_SHAPES, INTERFACE_SHAPES, MODERN_SHAPES));
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void java_8_class_files_are_woven_so_that_every_class_verifies(Jdk jdk) {
        Path classes = new Sources()
                .program(MethodShapes.class)
                .program(InterfaceShapes.class)
                .file("ManyVariables.java", manyVariables())
                .classPath(Program.annotationsJar())
                .options("--release", "8")
                .compile();
        assertUnchangedButTracked(
                jdk,
                Program.of("ManyVariables").classPath(classes, Program.annotationsJar()),
                Program.of("ManyVariables")
                        .classPath(classes, Program.annotationsJar())
                        .jvmOption("-Xverify:all"),
                List.of(
                        METHOD_SHAPES,
                        INTERFACE_SHAPES,
                        List.of("ManyVariables.parameters", "ManyVariables.variables")));
    }

    /** Java 5 has no frames; a class file of Java 6 may do without, and the JVM then verifies it in the old way. */
    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void class_files_without_stack_map_frames_are_woven_too(Jdk jdk) throws IOException {
        Path classes = new Sources()
                .program(MethodShapes.class)
                .classPath(Program.annotationsJar())
                .options("--release", "8")
                .compile();
        for (int version : new int[] {Opcodes.V1_5, Opcodes.V1_6}) {
            Path old = withoutFrames(classes, version);
            assertUnchangedButTracked(
                    jdk,
                    Program.of(MethodShapes.class).classPath(old, Program.annotationsJar()),
                    Program.of(MethodShapes.class).classPath(old, Program.annotationsJar()),
                    List.of(METHOD_SHAPES));
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_tracked_class_is_woven_in_any_loader_and_every_copy_of_the_annotations_sees_the_run(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(
                            ManyLoaders.class.getName(),
                            Program.programs().toString(),
                            Program.annotationsJar().toString())
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.stdout().lines())
                    .containsExactly(
                            "true",
                            "before: false",
                            "active true, resumed false, DIG-1",
                            "after: false",
                            "own copy: true, own sees the run: true, both the same: true",
                            "true",
                            "before: false",
                            "active true, resumed false, DIG-2",
                            "after: false",
                            "own copy: true, own sees the run: true, both the same: true",
                            "own copy: false, own sees the run: true, both the same: true");
            assertThat(names(pluto))
                    .containsExactly("one run", "SeenByBoth.train", "one run", "SeenByBoth.train", "SeenByBoth.train");
            assertThat(pluto.runs()).extracting(FakeRun::status).containsOnly(RunStatus.COMPLETED);
            assertThat(result.otherLines()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void copies_of_the_annotations_that_were_used_before_the_first_tracked_class_see_the_run_too(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(
                            AnnotationCopies.class,
                            Program.programs().toString(),
                            Program.annotationsJar().toString())
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.stdout().lines())
                    .containsExactly(
                            "before: Run[inactive] Run[inactive]",
                            "Run[COP-1]",
                            "Run[COP-1]",
                            "Run[COP-1]",
                            "Run[COP-1]",
                            "after: Run[inactive] Run[inactive] Run[inactive]");
            assertThat(result.otherLines()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void the_first_tracked_classes_may_be_met_in_many_threads_at_once(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(ManyThreads.class).on(jdk).against(pluto).run();

            assertThat(result.stdout().lines())
                    .containsExactlyInAnyOrder("First.train", "Second.train", "Third.train", "Fourth.train");
            assertThat(names(pluto))
                    .containsExactlyInAnyOrder("First.train", "Second.train", "Third.train", "Fourth.train");
            assertThat(pluto.runs()).extracting(FakeRun::status).containsOnly(RunStatus.COMPLETED);
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_named_module_is_tracked_its_main_method_too(Jdk jdk) {
        Path module = new Sources()
                .file("module-info.java", "module trained { requires io.plutorun; }")
                .file("trained/Main.java", """
                        package trained;

                        public class Main {
                            @io.plutorun.PlutoRun
                            public static void main(String[] args) {
                                System.out.println(Main.class.getModule() + " "
                                        + io.plutorun.PlutoRun.class.getModule() + " "
                                        + io.plutorun.Pluto.current().displayId().orElse("untracked"));
                            }
                        }
                        """)
                .file("trained/Later.java", """
                        package trained;

                        import io.plutorun.Pluto;

                        public class Later {
                            public static void main(String[] args) {
                                System.out.println(Pluto.current());
                                Main.main(args);
                            }
                        }
                        """)
                .options(
                        "--release",
                        "17",
                        "--module-path",
                        Program.annotationsJar().toString())
                .compile();
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.command("-m", "trained/trained.Main")
                    .jvmOption("-p", module + ":" + Program.annotationsJar())
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).isEqualTo("module trained module io.plutorun PLU-1\n");
            assertThat(names(pluto)).containsExactly("Main.main");
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(result.exitCode()).isZero();

            Result later = Program.command("-m", "trained/trained.Later")
                    .jvmOption("-p", module + ":" + Program.annotationsJar())
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(later.stdout())
                    .as("the annotations were used before the first tracked class")
                    .isEqualTo("Run[inactive]\nmodule trained module io.plutorun PLU-2\n");
            assertThat(later.otherLines()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_method_that_the_bridge_makes_too_large_runs_untracked_and_one_line_says_so(Jdk jdk) {
        Path classes = new Sources()
                .file("Huge.java", """
                        public class Huge {
                            public static void main(String[] args) { System.out.println(train(1)); small(); }
                            @io.plutorun.PlutoRun
                            static void small() {}
                            @io.plutorun.PlutoRun
                            static int train(int a) { %s return a; }
                        }
                        """.formatted("a += 100000;".repeat(13_100)))
                .classPath(Program.annotationsJar())
                .options("--release", "8")
                .compile();
        try (FakePluto pluto = FakePluto.start()) {
            Result result =
                    Program.of("Huge").classPath(classes).on(jdk).against(pluto).run();

            assertThat(result.stdout()).isEqualTo("1310000001\n");
            assertThat(result.agentLines().get(0))
                    .startsWith("pluto: Huge.train is not tracked: with the agent's calls in it, it would have 655");
            assertThat(result.otherLines()).isEmpty();
            assertThat(names(pluto)).containsExactly("Huge.small");
        }
    }

    /** What no JVM here would load comes by two other agents: one before ours makes the class file too new, one behind it mends it. */
    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_class_file_of_a_java_to_come_is_left_as_it_is_and_one_line_says_so(Jdk jdk) {
        Path patching = Jars.of(
                Map.of("Premain-Class", "Patching", "Can-Retransform-Classes", "true"),
                new Sources()
                        .file("Patching.java", """
                                import java.lang.instrument.*;
                                import java.security.ProtectionDomain;

                                public class Patching implements ClassFileTransformer {
                                    private final byte version;
                                    private Patching(byte version) { this.version = version; }
                                    public static void premain(String version, Instrumentation instrumentation) {
                                        instrumentation.addTransformer(new Patching(Byte.parseByte(version)), true);
                                    }
                                    @Override
                                    public byte[] transform(ClassLoader loader, String name, Class<?> redefined,
                                            ProtectionDomain domain, byte[] classFile) {
                                        if (name == null || !name.startsWith("io/plutorun/e2e/programs/OneRun")) {
                                            return null;
                                        }
                                        byte[] patched = classFile.clone();
                                        patched[7] = version;
                                        return patched;
                                    }
                                }
                                """)
                        .options("--release", "17")
                        .compile());
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(OneRun.class)
                    .withoutAgent()
                    .jvmOption("-javaagent:" + patching + "=120")
                    .jvmOption("-javaagent:" + Program.agentJar())
                    .jvmOption("-javaagent:" + patching + "=61")
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).contains("active false, resumed false, none");
            assertThat(result.stderr())
                    .startsWith("pluto: " + OneRun.class.getName() + " runs untracked, as does every class like it: its"
                            + " class file has version 120 (Java 76), and this agent can read up to ")
                    .contains("; use a newer pluto-agent, or compile with --release ")
                    .hasLineCount(1);
            assertThat(result.exitCode()).isZero();
            assertThat(pluto.exchanges()).isEmpty();
        }
    }

    /** As in an image that jlink made. */
    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void a_runtime_without_any_module_but_the_base_is_enough(Jdk jdk) {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(OneRun.class)
                    .jvmOption("--limit-modules", "java.base")
                    .on(jdk)
                    .against(pluto)
                    .run();

            assertThat(result.stdout()).contains("active true, resumed false, DIG-1");
            assertThat(result.otherLines()).isEmpty();
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
        }
    }

    /** The command is written into a script, since a JVM in the C locale could not even name the file. */
    @ParameterizedTest
    @MethodSource("io.plutorun.e2e.Jdk#all")
    void the_agents_jar_may_lie_under_a_name_with_spaces_and_accents(Jdk jdk) throws IOException {
        Path directory = Directories.fresh();
        Path script = Files.writeString(directory.resolve("run.sh"), """
                mkdir 'mod\u00e8les d\u00e9j\u00e0 faits'
                cp '%s' 'mod\u00e8les d\u00e9j\u00e0 faits/pluto agent \u00e9.jar'
                LC_ALL=C.UTF-8 exec '%s' '-javaagent:mod\u00e8les d\u00e9j\u00e0 faits/pluto agent \u00e9.jar' -cp '%s:%s' io.plutorun.e2e.programs.OneRun
                """.formatted(
                        Program.agentJar(), jdk.java(), Program.programs(), Program.annotationsJar()));
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Running.start(List.of("sh", script.toString()), pluto.environment(), directory)
                    .await();

            assertThat(result.stdout()).contains("active true, resumed false, DIG-1");
            assertThat(result.otherLines()).isEmpty();
            assertThat(pluto.run(1).status()).isEqualTo(RunStatus.COMPLETED);
        }
    }

    private static void assertUnchangedButTracked(Jdk jdk, Program plain, Program tracked, List<List<String>> calls) {
        try (FakePluto pluto = FakePluto.start()) {
            Result before = plain.on(jdk).withoutAgent().run();
            Result result = tracked.on(jdk).against(pluto).run();

            assertThat(result.stderr()).doesNotContain("woven", "untracked");
            assertThat(result.otherLines()).isEqualTo(before.otherLines());
            assertThat(result.stdout()).isEqualTo(before.stdout()).contains("true\n");
            assertThat(result.exitCode()).isZero();
            assertThat(names(pluto))
                    .containsExactlyElementsOf(
                            calls.stream().flatMap(List::stream).toList());
            assertThat(pluto.runs())
                    .allSatisfy(run -> assertThat(run.status())
                            .as(run.name())
                            .isEqualTo(run.name().contains("throws") ? RunStatus.FAILED : RunStatus.COMPLETED));
        }
    }

    private static List<String> names(FakePluto pluto) {
        return pluto.runs().stream().map(FakeRun::name).toList();
    }

    /** A method with as many parameters as there can be, and one whose new local needs a wide instruction. */
    private static String manyVariables() {
        String parameters = IntStream.range(0, 255).mapToObj(i -> "int p" + i).collect(Collectors.joining(", "));
        String arguments = IntStream.range(0, 255).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String variables = IntStream.range(0, 300)
                .mapToObj(i -> "long v" + i + " = seed + " + i + ";\n")
                .collect(Collectors.joining());
        return """
                public class ManyVariables {
                    public static void main(String[] args) {
                        io.plutorun.e2e.programs.InterfaceShapes.main(args);
                        System.out.println(parameters(%s));
                        System.out.println(variables(1));
                    }
                    @io.plutorun.PlutoRun(captureArguments = true)
                    static int parameters(%s) {
                        return p0 > p254 ? p1 : p253;
                    }
                    @io.plutorun.PlutoRun
                    static long variables(long seed) {
                        %s
                        while (v299 > v0) { v299 -= v1; }
                        return v298 + v299;
                    }
                }
                """.formatted(arguments, parameters, variables);
    }

    /** The same classes as an older compiler would have made them. */
    private static Path withoutFrames(Path classes, int older) throws IOException {
        Path old = Directories.fresh();
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(classes)) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        for (Path file : files) {
            ClassWriter writer = new ClassWriter(0);
            new ClassReader(Files.readAllBytes(file))
                    .accept(
                            new ClassVisitor(Opcodes.ASM9, writer) {
                                @Override
                                public void visit(
                                        int version,
                                        int access,
                                        String name,
                                        String signature,
                                        String superName,
                                        String[] interfaces) {
                                    super.visit(older, access, name, signature, superName, interfaces);
                                }
                            },
                            ClassReader.SKIP_FRAMES);
            Path target = old.resolve(classes.relativize(file));
            Files.createDirectories(target.getParent());
            Files.write(target, writer.toByteArray());
        }
        return old;
    }
}
