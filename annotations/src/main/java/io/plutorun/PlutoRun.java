package io.plutorun;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a tracked method: each outermost call of it is a run on Pluto.
 *
 * <p>Before the first line of the method executes, the agent creates a run on the Pluto server, or resumes one. While the method
 * executes, the agent keeps the run alive. If the method returns, the run is {@code COMPLETED}; if it throws, the run is {@code FAILED}.
 * Start the JVM with {@code -javaagent:pluto-agent.jar}; without the agent the annotation does nothing.
 *
 * <pre>{@code
 * import io.plutorun.Pluto;
 * import io.plutorun.PlutoParam;
 * import io.plutorun.PlutoRun;
 *
 * public class Trainer {
 *     @PlutoRun(project = "digits", name = "sgd lr=${arg.lr}", tags = "baseline", config = "optimizer.name=sgd")
 *     static double train(@PlutoParam("lr") double learningRate, @PlutoParam int epochs) {
 *         System.out.println("tracked as " + Pluto.current().displayId().orElse("nothing"));
 *         return learningRate * epochs;
 *     }
 *
 *     public static void main(String[] args) {
 *         System.out.println(train(0.1, 5));
 *     }
 * }
 * }</pre>
 *
 * <p>Annotate the method that has the body: annotations on interface methods and on overridden methods are not inherited.
 * Constructors can't be tracked.
 *
 * <h2>Placeholders</h2>
 *
 * Every string attribute takes <code>${env.NAME}</code> (environment variable), <code>${sys.property}</code> (system property),
 * <code>${arg.name}</code> or <code>${arg.0}</code> (an argument of the call, by name or by position), <code>${class}</code> (simple
 * name), <code>${method}</code>, <code>${host}</code>, <code>${date}</code> (ISO, in the JVM's time zone) and <code>${uuid}</code>
 * (random), each with an optional fallback: <code>${env.DATASET:-mnist}</code>. If a placeholder has neither a value nor a fallback, its
 * attribute, tag or config entry counts as not given, and the agent warns once.
 *
 * <h2>Who wins</h2>
 *
 * Whoever launches the job can override every attribute without a rebuild: a system property ({@code -Dpluto.project=…}), an
 * environment variable ({@code PLUTO_PROJECT}) or an agent argument beats the annotation; the annotation beats a settings file and
 * the defaults. Tags are united, config is merged key by key.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Documented
public @interface PlutoRun {

    /**
     * The run's name, at most 255 characters.
     *
     * @return the name; empty means {@code SimpleClass.method}
     */
    String name() default "";

    /**
     * The project that the run belongs to. If it does not exist, the server creates it.
     *
     * @return the project's name; empty means {@code pluto}
     */
    String project() default "";

    /**
     * The run's tags. The server takes at most 50, of which at most one starts with {@code group:}.
     *
     * @return the tags, united with those from settings
     */
    String[] tags() default {};

    /**
     * Entries of the run's config, each {@code key=value}: {@code "lr=0.1"}, {@code "optimizer.name=adam"}. A dot in the key makes a
     * nested entry. A JSON scalar (a number, {@code true}, {@code null}, a quoted string) keeps its type; any other value is a string.
     *
     * @return the entries, merged key by key with config from settings
     */
    String[] config() default {};

    /**
     * An id of your own, unique within the project, at most 255 characters. If a run has it already, that run is resumed; else a run is
     * created with it (see {@link #resume()}).
     *
     * @return the external id; empty means none. At most one of {@code externalId}, {@link #displayId()} and {@link #runId()} may be given
     */
    String externalId() default "";

    /**
     * The id that Pluto shows for an existing run, such as {@code MMP-1}. That run is resumed; if there is none, the method executes
     * untracked.
     *
     * @return the display id; empty means none
     */
    String displayId() default "";

    /**
     * The server's number of an existing run. That run is resumed; if there is none, the method executes untracked.
     *
     * @return decimal digits, or a placeholder that yields them, such as <code>${arg.best}</code>; empty means none
     */
    String runId() default "";

    /**
     * Whether the run must exist already.
     *
     * @return {@link Resume#ALLOW} or {@link Resume#MUST}
     */
    Resume resume() default Resume.ALLOW;

    /**
     * What a tracked call inside a tracked call on the same thread does.
     *
     * @return {@link Nesting#JOIN} or {@link Nesting#NEW}
     */
    Nesting nesting() default Nesting.JOIN;

    /**
     * Whether all arguments of the call go into the run's config under the parameters' names. Single parameters are captured with
     * {@link PlutoParam}, which says what is recorded of each.
     *
     * @return true to capture all arguments
     */
    boolean captureArguments() default false;

    /**
     * Whether what the method returns is recorded, when it returns: a number as the value {@code result/value}; a record, a map, or an object
     * with numbers in its fields as one value for each of them, {@code result/accuracy}. If it returns a {@code CompletionStage}, that is
     * what the stage completes with. Only the call that opened the run counts.
     *
     * @return true to record the result
     */
    boolean recordResult() default false;
}
