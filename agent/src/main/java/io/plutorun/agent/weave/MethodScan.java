package io.plutorun.agent.weave;

import io.plutorun.agent.call.TrackedMethod.Attributes;
import io.plutorun.agent.call.TrackedMethod.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** What one method of a class file declares: its annotation, its parameters' names, the size of its frame. */
final class MethodScan extends MethodVisitor {

    private static final String PLUTO_RUN = "Lio/plutorun/PlutoRun;";
    private static final String PLUTO_PARAM = "Lio/plutorun/PlutoParam;";
    private static final String CONTINUATION = "Lkotlin/coroutines/Continuation;";

    /** Types that programs return for work in progress: futures, promises, publishers. */
    private static final Set<String> FUTURES = Set.of(
            "java.util.concurrent.Future",
            "java.util.concurrent.FutureTask",
            "java.util.concurrent.ForkJoinTask",
            "java.util.concurrent.ScheduledFuture",
            "java.util.concurrent.Flow$Publisher",
            "org.reactivestreams.Publisher",
            "reactor.core.publisher.Mono",
            "reactor.core.publisher.Flux",
            "io.reactivex.rxjava3.core.Single",
            "io.reactivex.rxjava3.core.Maybe",
            "io.reactivex.rxjava3.core.Observable",
            "io.reactivex.rxjava3.core.Flowable",
            "io.reactivex.rxjava3.core.Completable",
            "io.smallrye.mutiny.Uni",
            "io.smallrye.mutiny.Multi",
            "io.vertx.core.Future",
            "io.netty.util.concurrent.Future",
            "com.google.common.util.concurrent.ListenableFuture",
            "kotlinx.coroutines.Deferred",
            "kotlinx.coroutines.Job",
            "kotlinx.coroutines.flow.Flow",
            "scala.concurrent.Future");

    private final int access;
    private final String name;
    private final String descriptor;
    private final Type[] parameterTypes;

    private @Nullable AttributesScan attributes;
    private final List<String> annotations = new ArrayList<>(0);
    private final List<@Nullable String> declaredNames = new ArrayList<>();
    private final Map<Label, Integer> labels = new HashMap<>();
    private final Map<Integer, LocalName> localNames = new HashMap<>();
    private final Map<Integer, String> paramAnnotations = new HashMap<>();
    private int annotableParameters;
    private boolean hasCode;
    private boolean isHooked;
    private int maxLocals;

    MethodScan(int access, String name, String descriptor) {
        super(Opcodes.ASM9);
        this.access = access;
        this.name = name;
        this.descriptor = descriptor;
        this.parameterTypes = Type.getArgumentTypes(descriptor);
        this.annotableParameters = parameterTypes.length;
    }

    String name() {
        return name;
    }

    String descriptor() {
        return descriptor;
    }

    boolean isAnnotated() {
        return attributes != null;
    }

    /** The descriptors of all annotations that it bears. */
    List<String> annotations() {
        return annotations;
    }

    Attributes attributes() {
        return attributes == null ? Attributes.NONE : attributes.read();
    }

    boolean isStatic() {
        return (access & Opcodes.ACC_STATIC) != 0;
    }

    boolean isPrivate() {
        return (access & Opcodes.ACC_PRIVATE) != 0;
    }

    boolean isNative() {
        return (access & Opcodes.ACC_NATIVE) != 0;
    }

    boolean hasCode() {
        return hasCode;
    }

    /** Whether it calls the hooks' part of the bridge already. */
    boolean isHooked() {
        return isHooked;
    }

    /** Bridges call the method that the user wrote, and javac copies its annotations to them. */
    boolean isBridge() {
        return (access & Opcodes.ACC_BRIDGE) != 0;
    }

    /** Lambdas' bodies, accessors and the like: nobody means them when naming methods with a wildcard. */
    boolean isSynthetic() {
        return (access & Opcodes.ACC_SYNTHETIC) != 0;
    }

    boolean isConstructor() {
        return name.startsWith("<");
    }

    /** A Kotlin {@code suspend} function returns when it first suspends, not when it is done. */
    boolean isSuspendFunction() {
        return parameterTypes.length > 0
                && parameterTypes[parameterTypes.length - 1].getDescriptor().equals(CONTINUATION)
                && Type.getReturnType(descriptor).getDescriptor().equals("Ljava/lang/Object;");
    }

    /** Whether it is declared to return a stage of the JDK's, whose completion can be followed. */
    boolean returnsStage() {
        String type = Type.getReturnType(descriptor).getDescriptor();
        return type.equals("Ljava/util/concurrent/CompletionStage;")
                || type.equals("Ljava/util/concurrent/CompletableFuture;");
    }

    /** Whether it returns something that stands for work which may not be done yet, and can't be followed. */
    boolean returnsOtherFuture() {
        return FUTURES.contains(Type.getReturnType(descriptor).getClassName());
    }

    String returnType() {
        return Type.getReturnType(descriptor).getClassName();
    }

    /** The size of the local variable array, in slots. */
    int maxLocals() {
        return maxLocals;
    }

    /** The parameters, named by {@code @PlutoParam}, else the MethodParameters attribute, else the debug table, else {@code arg0}. */
    List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>(parameterTypes.length);
        int slot = isStatic() ? 0 : 1;
        for (int i = 0; i < parameterTypes.length; i++) {
            String declared = i < declaredNames.size() ? declaredNames.get(i) : null;
            if (declared == null) {
                LocalName local = localNames.get(slot);
                declared = local == null ? null : local.name();
            }
            String annotated = paramAnnotations.get(i);
            String otherwise = declared == null ? "arg" + i : declared;
            parameters.add(new Parameter(
                    annotated == null || annotated.isBlank() ? otherwise : annotated, declared, annotated != null));
            slot += parameterTypes[i].getSize();
        }
        return parameters;
    }

    @Override
    public void visitParameter(@Nullable String name, int access) {
        declaredNames.add(name);
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        annotations.add(descriptor);
        if (!descriptor.equals(PLUTO_RUN)) {
            return null;
        }
        attributes = new AttributesScan();
        return attributes;
    }

    @Override
    public void visitAnnotableParameterCount(int parameterCount, boolean visible) {
        annotableParameters = parameterCount;
    }

    @Override
    public @Nullable AnnotationVisitor visitParameterAnnotation(int parameter, String descriptor, boolean visible) {
        if (!descriptor.equals(PLUTO_PARAM)) {
            return null;
        }
        int index = parameter + parameterTypes.length - annotableParameters;
        paramAnnotations.put(index, "");
        return new AnnotationVisitor(Opcodes.ASM9) {
            @Override
            public void visit(@Nullable String attribute, Object value) {
                paramAnnotations.put(index, value.toString());
            }
        };
    }

    @Override
    public void visitCode() {
        hasCode = true;
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        isHooked |= owner.equals(BodyWeaver.BRIDGE) && name.startsWith("hook");
    }

    @Override
    public void visitLabel(Label label) {
        labels.put(label, labels.size());
    }

    /**
     * A compiler may use a parameter's slot again, and lists the variables in any order: the parameter is the one that begins first. Not
     * always at the first instruction, since other agents put theirs before it.
     */
    @Override
    public void visitLocalVariable(
            String name, String descriptor, @Nullable String signature, Label start, Label end, int index) {
        LocalName local = new LocalName(name, labels.getOrDefault(start, Integer.MAX_VALUE));
        localNames.merge(index, local, (one, other) -> other.begins() < one.begins() ? other : one);
    }

    /** A variable's name, and where in the order of the code's labels it begins. */
    private record LocalName(String name, int begins) {}

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        this.maxLocals = maxLocals;
    }
}
