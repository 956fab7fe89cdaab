package io.plutorun.agent.run;

import io.plutorun.agent.call.Arguments;
import io.plutorun.agent.call.Placeholders;
import io.plutorun.agent.call.TrackedMethod;
import io.plutorun.agent.call.TrackedMethod.Attributes;
import io.plutorun.agent.call.TrackedMethod.Parameter;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.objects.UnusedInstrumentation;
import io.plutorun.agent.settings.Options.ResumeRule;
import io.plutorun.agent.settings.Settings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tracked method and settings, to be filled in by a test. */
public final class Sample {

    public final Map<String, String> properties = new HashMap<>();
    private @Nullable String broken;
    private Error brokenBy = new Error();
    public final Map<String, String> environment = new HashMap<>();
    public final Map<String, String> arguments = new HashMap<>();
    public final Map<String, String> file = new HashMap<>();

    private final List<Parameter> parameters = new ArrayList<>();
    private @Nullable String name;
    private @Nullable String project;
    private List<String> tags = List.of();
    private List<String> config = List.of();
    private @Nullable String externalId;
    private @Nullable String displayId;
    private @Nullable String runId;
    private @Nullable ResumeRule resume;
    private @Nullable Boolean captureArguments;
    private boolean returnsStage;

    public Sample name(String value) {
        name = value;
        return this;
    }

    public Sample project(String value) {
        project = value;
        return this;
    }

    public Sample tags(String... values) {
        tags = List.of(values);
        return this;
    }

    public Sample config(String... values) {
        config = List.of(values);
        return this;
    }

    public Sample externalId(String value) {
        externalId = value;
        return this;
    }

    public Sample displayId(String value) {
        displayId = value;
        return this;
    }

    public Sample runId(String value) {
        runId = value;
        return this;
    }

    public Sample resume(ResumeRule value) {
        resume = value;
        return this;
    }

    public Sample captureArguments(boolean value) {
        captureArguments = value;
        return this;
    }

    public Sample parameter(String parameterName, @Nullable String declaredName, boolean captured) {
        parameters.add(new Parameter(parameterName, declaredName, captured));
        return this;
    }

    Sample returnsStage() {
        returnsStage = true;
        return this;
    }

    public Settings settings() {
        return new Settings(this::property, environment::get, arguments, file);
    }

    /** From now on the program's own {@code Properties} fail when they are asked for this one. */
    public void breakProperty(String name) {
        breakProperty(name, new ExceptionInInitializerError("the program's properties fail"));
    }

    /** The same, with this error. */
    public void breakProperty(String name, Error error) {
        broken = name;
        brokenBy = error;
    }

    private @Nullable String property(String name) {
        if (name.equals(broken)) {
            throw brokenBy;
        }
        return properties.get(name);
    }

    /** The environment and the properties that the test has filled in. */
    public JvmEnvironment jvm() {
        return new JvmEnvironment(environment, this::property, Clock.systemUTC());
    }

    public TrackedMethod method() {
        return new TrackedMethod(
                "com.acme.Outer$Trainer",
                "train",
                new Attributes(
                        name,
                        project,
                        tags,
                        config,
                        externalId,
                        displayId,
                        runId,
                        resume,
                        false,
                        captureArguments,
                        null),
                List.copyOf(parameters),
                returnsStage);
    }

    public Placeholders placeholders() {
        return new Placeholders(method(), new Arguments(method(), new Object[0], UnusedInstrumentation.trees()), jvm());
    }
}
