package io.plutorun.agent.spec;

import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.call.Arguments;
import io.plutorun.agent.call.Placeholders;
import io.plutorun.agent.call.Placeholders.Expanded;
import io.plutorun.agent.call.TrackedMethod;
import io.plutorun.agent.call.UntrackableException;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.AgentVersion;
import io.plutorun.agent.host.HostName;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.host.RandomId;
import io.plutorun.agent.identity.IdClaims;
import io.plutorun.agent.identity.Identity;
import io.plutorun.agent.identity.IdentityRule;
import io.plutorun.agent.identity.LauncherRank;
import io.plutorun.agent.identity.RestartIdentity;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.RunRecord.Part;
import io.plutorun.agent.journal.RunRecord.Target;
import io.plutorun.agent.json.Json;
import io.plutorun.agent.json.JsonObjects;
import io.plutorun.agent.settings.Option;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Options.ResumeRule;
import io.plutorun.agent.settings.Origin;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.Source;
import io.plutorun.agent.settings.Sourced;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the specification of a call together: annotation ⊕ settings ⊕ arguments. Of scalars the highest source wins, tags are united,
 * config is merged key by key; captured arguments count as the annotation's own config, since they are what the method was given.
 */
public final class Specifications {

    private final Settings settings;
    private final Redactor redactor;
    private final IdentityRule identities;
    private final Supplier<Map<String, @Nullable Object>> system;
    private final RestartIdentity restartIdentity;
    private final JvmEnvironment jvm;
    private final AtomicBoolean worldTold = new AtomicBoolean();
    private final AtomicBoolean adviceGiven = new AtomicBoolean();

    /**
     * Makes it.
     *
     * @param system what the machine is like
     * @param jvm what schedulers and launchers tell, and the values of placeholders
     * @param journals where the journals lie; null where they can't be written
     */
    public Specifications(
            Settings settings,
            Redactor redactor,
            Supplier<Map<String, @Nullable Object>> system,
            JvmEnvironment jvm,
            Supplier<@Nullable Path> journals) {
        IdClaims spent = new IdClaims(journals, () -> HostName.of(jvm));
        this.settings = settings;
        this.redactor = redactor;
        this.identities = new IdentityRule(settings, spent);
        this.system = system;
        this.restartIdentity = new RestartIdentity(jvm::variable, journals, spent);
        this.jvm = jvm;
    }

    /**
     * The specification of a call.
     *
     * @param parent what a person calls the run that is going on around it, where it opens one of its own
     * @throws UntrackableException when what is asked for can't be followed
     */
    public Specification of(TrackedMethod method, Optional<String> parent, Object[] values, Instant at)
            throws UntrackableException {
        return new Composition(method, parent, values, at).compose();
    }

    /** The work on one call. */
    private final class Composition {

        private final TrackedMethod method;
        private final Optional<String> parent;
        private final Arguments arguments;
        private final Placeholders placeholders;
        private final Instant at;
        private final ServerLimits limits = new ServerLimits();
        private final List<String> warnings = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        Composition(TrackedMethod method, Optional<String> parent, Object[] values, Instant at) {
            this.method = method;
            this.parent = parent;
            this.arguments = new Arguments(method, values);
            this.placeholders = new Placeholders(method, arguments, jvm);
            this.at = at;
        }

        Specification compose() throws UntrackableException {
            Optional<Identity> named = identities.find(method, placeholders, warnings);
            Sourced<String> project =
                    text(Options.PROJECT, "project", method.attributes().project(), Options.PROJECT.defaultText());
            Sourced<String> name =
                    text(Options.RUN_NAME, "name", method.attributes().name(), method.label());
            noteOverrides(project, named);

            String projectName = limits.project(project.value(), "pluto");
            LauncherRank world = world();
            Optional<RestartIdentity.Point> point =
                    named.isEmpty() ? restartIdentity(projectName, world) : Optional.empty();
            Optional<Identity> identity = named.or(() -> point.map(RestartIdentity.Point::identity));
            Part part = identity.map(Identity::shared).orElse(false) ? world.part() : Part.ALONE;
            RunRecord.Start start = new RunRecord.Start(
                    at,
                    target(identity, projectName, project.source()),
                    projectName,
                    limits.name("run name", name.value(), method.label()),
                    part.follows() ? List.of() : limits.tags(tags()),
                    part.follows() ? Map.of() : limits.object("config", config()),
                    loggerSettings(),
                    limits.object("system metadata", systemMetadata()),
                    part);
            adviseOneRun(world, part);
            warnings.addAll(limits.warnings());
            return new Specification(
                    method,
                    start,
                    project.source(),
                    identity,
                    point.map(RestartIdentity.Point::state).orElse(null),
                    notes,
                    warnings);
        }

        /** What is wrong with the launcher's variables is told once, by the first call. */
        private LauncherRank world() {
            List<String> problems = new ArrayList<>();
            LauncherRank world = LauncherRank.find(settings, jvm::variable, problems);
            if (worldTold.compareAndSet(false, true)) {
                warnings.addAll(problems);
            }
            return world;
        }

        private Optional<RestartIdentity.Point> restartIdentity(String project, LauncherRank world) {
            Sourced<ResumeRule> rule = resumeRule();
            return rule.value() == ResumeRule.AUTO && !identities.isNamed(method)
                    ? restartIdentity.find(method, project, world, rule.source(), warnings)
                    : Optional.empty();
        }

        /** Rank 0 alone says it, once. */
        private void adviseOneRun(LauncherRank world, Part part) {
            boolean eachItsOwn = world.part().hasOthers() && !part.hasOthers();
            if (eachItsOwn && !world.part().follows() && adviceGiven.compareAndSet(false, true)) {
                notes.add("rank 0 of " + world.part().world() + ", by " + world.source()
                        + "; each has a run of its own, with one PLUTO_EXTERNAL_ID for all they would share one");
            }
        }

        private Target target(Optional<Identity> identity, String project, Source projectSource)
                throws UntrackableException {
            boolean mustExist = resumeRule().value() == ResumeRule.MUST;
            if (identity.isEmpty()) {
                if (mustExist) {
                    throw new UntrackableException(
                            "resume = MUST (" + resumeRule().source()
                                    + "), but this call has no id: set PLUTO_RUN_ID, PLUTO_EXTERNAL_ID or PLUTO_DISPLAY_ID, or an id in the annotation");
                }
                return new Target.Create(RandomId.uuid(), false);
            }
            String id = identity.get().value();
            if (!redactor.text(id).equals(id)) {
                throw new UntrackableException(identity.get().source()
                        + " looks like a secret; an id is shown to everybody, give another one");
            }
            return switch (identity.get().kind()) {
                case RUN_ID -> new Target.Resume(new RunReference.ByRunId(Long.parseLong(id)));
                case DISPLAY_ID ->
                    new Target.Resume(new RunReference.ByDisplayId(id, isSet(projectSource) ? project : null));
                case EXTERNAL_ID -> {
                    String externalId = limits.externalId(id);
                    yield mustExist
                            ? new Target.Resume(new RunReference.ByExternalId(externalId, project))
                            : new Target.Create(externalId, true);
                }
            };
        }

        private static boolean isSet(Source source) {
            return source.origin() != Origin.DEFAULT;
        }

        private Sourced<ResumeRule> resumeRule() {
            return scalar(Options.RESUME, "resume", method.attributes().resume())
                    .orElseThrow(() -> new IllegalStateException("resume has a default"));
        }

        private List<String> tags() {
            List<String> tags = new ArrayList<>();
            parent.ifPresent(run -> tags.add("parent:" + run));
            for (Sourced<List<String>> set : // higher first: the 50th cuts, and of two groups the first stays
                    candidates(Options.TAGS, "tags", method.attributes().tags())) {
                set.value().forEach(tag -> expanded(tag, set.source(), "tag").ifPresent(tags::add));
            }
            return tags;
        }

        /** Captured arguments count as the annotation's, and go over its literals. */
        private Map<String, @Nullable Object> config() {
            Map<String, @Nullable Object> annotations = JsonObjects.merge(declaredConfig(), capturedArguments());
            Map<String, @Nullable Object> config = merged(candidates(Options.CONFIG, "config", annotations));
            return parent.map(run -> JsonObjects.merge(config, JsonObjects.at("pluto.parent", run)))
                    .orElse(config);
        }

        private Map<String, @Nullable Object> declaredConfig() {
            Map<String, @Nullable Object> config = new LinkedHashMap<>();
            for (String entry : method.attributes().config()) {
                int sign = entry.indexOf('=');
                if (sign <= 0) {
                    warnings.add("the annotation's config entry \"" + entry + "\" is left out: write key=value");
                    continue;
                }
                String key = entry.substring(0, sign).strip();
                Optional<String> value =
                        expanded(entry.substring(sign + 1), Source.annotation("config"), "entry " + key);
                if (value.isPresent()) {
                    config = JsonObjects.merge(config, JsonObjects.at(key, scalarOrText(value.get())));
                }
            }
            return config;
        }

        private Map<String, @Nullable Object> capturedArguments() {
            boolean all = scalar(
                            Options.CAPTURE_ARGUMENTS,
                            "captureArguments",
                            method.attributes().captureArguments())
                    .map(Sourced::value)
                    .orElse(false);
            Map<String, @Nullable Object> config = new LinkedHashMap<>();
            for (Arguments.Captured argument : arguments.captured(all)) {
                config = JsonObjects.merge(config, JsonObjects.at(argument.name(), argument.value()));
            }
            return config;
        }

        private Map<String, @Nullable Object> loggerSettings() {
            Map<String, @Nullable Object> agent = new LinkedHashMap<>();
            agent.put("name", "pluto-agent");
            agent.put("version", AgentVersion.get());
            Map<String, @Nullable Object> sent = new LinkedHashMap<>();
            sent.put("agent", agent);
            sent = JsonObjects.merge(sent, merged(Options.LOGGER_SETTINGS));
            Object trigger = sent.get("trigger");
            if (sent.containsKey("trigger") && !isObjectOfObjects(trigger)) {
                warnings.add(
                        "the logger settings' trigger is left out: it must be an object of objects, else the server's watch over"
                                + " all runs fails");
                sent.remove("trigger");
            }
            sent.put(RunRecord.Start.MARK, RandomId.uuid());
            return limits.object("logger settings", sent);
        }

        private Map<String, @Nullable Object> systemMetadata() {
            return JsonObjects.merge(system.get(), merged(Options.SYSTEM_METADATA));
        }

        private Map<String, @Nullable Object> merged(Option<Map<String, @Nullable Object>> option) {
            return merged(settings.all(option, method.settingsName()));
        }

        /** Objects laid over each other, the highest, which comes first, on top. */
        private static Map<String, @Nullable Object> merged(List<Sourced<Map<String, @Nullable Object>>> highestFirst) {
            Map<String, @Nullable Object> merged = new LinkedHashMap<>();
            for (int i = highestFirst.size() - 1; i >= 0; i--) {
                merged = JsonObjects.merge(merged, highestFirst.get(i).value());
            }
            return merged;
        }

        /** The value that goes for a text, its placeholders replaced; a text with a placeholder that has no value does not count. */
        private Sourced<String> text(
                Option<String> option, String attribute, @Nullable String given, @Nullable String otherwise) {
            List<Sourced<String>> candidates =
                    candidates(option, attribute, given == null || given.isBlank() ? null : given);
            for (Sourced<String> candidate : candidates) {
                Optional<String> text = expanded(candidate.value(), candidate.source(), "");
                if (text.isPresent()) {
                    return new Sourced<>(text.get(), candidate.source());
                }
            }
            return new Sourced<>(otherwise == null ? "" : otherwise, new Source(Origin.DEFAULT, option.key(), false));
        }

        private <T> Optional<Sourced<T>> scalar(Option<T> option, String attribute, @Nullable T given) {
            List<Sourced<T>> candidates = candidates(option, attribute, given);
            return candidates.isEmpty() ? settings.defaultOf(option) : Optional.of(candidates.get(0));
        }

        /** All values of a scalar, highest first, the annotation's at its place among them. */
        private <T> List<Sourced<T>> candidates(Option<T> option, String attribute, @Nullable T given) {
            List<Sourced<T>> candidates = new ArrayList<>(settings.all(option, method.settingsName()));
            if (given != null) {
                candidates.add(new Sourced<>(given, Source.annotation(attribute)));
            }
            candidates.sort(
                    (a, b) -> Integer.compare(a.source().rank(), b.source().rank()));
            return candidates;
        }

        private Optional<String> expanded(String text, Source source, String what) {
            Expanded expanded = placeholders.expand(text);
            if (expanded.missing().isEmpty()) {
                return Optional.of(expanded.text());
            }
            warnings.add(source + (what.isEmpty() ? "" : ", " + what) + ": no value for "
                    + expanded.missing().get(0) + "; it is left out, give it a fallback as in ${env.NAME:-fallback}");
            return Optional.empty();
        }

        private void noteOverrides(Sourced<String> project, Optional<Identity> identity) {
            String declared = method.attributes().project();
            if (declared != null && !declared.isBlank() && project.source().beatsAnnotation()) {
                notes.add("project \"" + project.value() + "\" from " + project.source()
                        + " instead of the annotation's \"" + declared + "\"");
            }
            boolean declaresId = method.attributes().runId() != null
                    || method.attributes().displayId() != null
                    || method.attributes().externalId() != null;
            if (declaresId && identity.isPresent() && identity.get().source().beatsAnnotation()) {
                notes.add(identity.get() + " instead of the annotation's");
            }
        }
    }

    private static boolean isObjectOfObjects(@Nullable Object value) {
        return value instanceof Map<?, ?> object
                && object.values().stream().allMatch(element -> element instanceof Map<?, ?>);
    }

    private static @Nullable Object scalarOrText(String text) {
        try {
            Object value = Json.parse(text.strip());
            return value instanceof Map<?, ?> || value instanceof List<?> ? text : value;
        } catch (Json.SyntaxException e) {
            return text;
        }
    }
}
