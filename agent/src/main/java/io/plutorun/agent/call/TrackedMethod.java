package io.plutorun.agent.call;

import io.plutorun.agent.settings.Options.ResumeRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tracked method as its class file describes it. Texts only: nothing of the program's classes is held.
 *
 * @param className the binary name, {@code com.acme.Outer$Trainer}
 * @param methodName its name
 * @param attributes what its annotation says; {@link Attributes#NONE} for a method that is named in settings
 * @param parameters its parameters, without {@code this}
 * @param returnsStage whether it is declared to return a {@code CompletionStage} or a {@code CompletableFuture}: then a call goes on
 *     until that is complete
 * @param runName how its runs are called where nobody gives them a name
 */
public record TrackedMethod(
        String className,
        String methodName,
        Attributes attributes,
        List<Parameter> parameters,
        boolean returnsStage,
        String runName) {

    /** A method whose runs are called as itself. */
    public TrackedMethod(
            String className,
            String methodName,
            Attributes attributes,
            List<Parameter> parameters,
            boolean returnsStage) {
        this(className, methodName, attributes, parameters, returnsStage, label(className, methodName));
    }

    /**
     * The same method as the main method of a program, whose run is called as the program.
     *
     * @param mainClass the binary name of the class that the program was started by, which may have inherited the method
     */
    public TrackedMethod asMainOf(String mainClass) {
        return new TrackedMethod(className, methodName, attributes, parameters, returnsStage, simpleName(mainClass));
    }

    /** Whether it is a main method that takes one argument: the words of a command line, where that is a {@code String[]}. */
    boolean isMain() {
        return methodName.equals("main") && parameters.size() == 1;
    }

    /** How a person calls it: {@code Trainer.train}. */
    public String label() {
        return label(className, methodName);
    }

    private static String label(String className, String methodName) {
        return simpleName(className) + "." + methodName;
    }

    /** How settings name it: {@code com.acme.Trainer#train}. */
    public String settingsName() {
        return className + "#" + methodName;
    }

    String simpleClassName() {
        return simpleName(className);
    }

    private static String simpleName(String className) {
        String last = className.substring(className.lastIndexOf('.') + 1);
        String nested = last.substring(last.lastIndexOf('$') + 1);
        boolean hasOwnName =
                !nested.isEmpty() && !Character.isDigit(nested.charAt(0)); // Outer$1 and Outer$1Local have none
        return hasOwnName ? nested : last;
    }

    /**
     * One parameter.
     *
     * @param name its name in config: what {@code @PlutoParam} gives, else the class file's, else {@code arg0}
     * @param declaredName its name in the source where the class file has it; null where not
     * @param captured whether it bears {@code @PlutoParam}
     */
    public record Parameter(String name, @Nullable String declaredName, boolean captured) {

        /** Whether {@code @PlutoParam} gives it another name than the source. */
        boolean isRenamed() {
            return captured && !name.equals(declaredName) && !(declaredName == null && name.startsWith("arg"));
        }
    }

    /**
     * The attributes that the annotation gives; null, or empty, where it gives none.
     *
     * @param name the run's name
     * @param project the project
     * @param tags the tags
     * @param config entries {@code key=value}
     * @param externalId the user's own id
     * @param displayId the id that Pluto shows
     * @param runId the server's number
     * @param resume whether the run must exist
     * @param opensOwnRun whether a nested call opens a run of its own
     * @param captureArguments whether all arguments go into config
     * @param recordResult whether what is returned is recorded
     */
    public record Attributes(
            @Nullable String name,
            @Nullable String project,
            List<String> tags,
            List<String> config,
            @Nullable String externalId,
            @Nullable String displayId,
            @Nullable String runId,
            @Nullable ResumeRule resume,
            boolean opensOwnRun,
            @Nullable Boolean captureArguments,
            @Nullable Boolean recordResult) {

        /** Of a method without annotation. */
        public static final Attributes NONE =
                new Attributes(null, null, List.of(), List.of(), null, null, null, null, false, null, null);
    }
}
