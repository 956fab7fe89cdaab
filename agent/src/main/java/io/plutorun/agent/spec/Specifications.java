package io.plutorun.agent.spec;

import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.call.Arguments;
import io.plutorun.agent.call.Placeholders;
import io.plutorun.agent.call.TrackedMethod;
import io.plutorun.agent.call.UntrackableException;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.HostName;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.host.RandomId;
import io.plutorun.agent.identity.IdClaims;
import io.plutorun.agent.identity.Identity;
import io.plutorun.agent.identity.IdentityRule;
import io.plutorun.agent.identity.LauncherRank;
import io.plutorun.agent.identity.RestartIdentity;
import io.plutorun.agent.identity.StateFile;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.RunRecord.Part;
import io.plutorun.agent.journal.RunRecord.Target;
import io.plutorun.agent.json.JsonObjects;
import io.plutorun.agent.objects.ObjectTrees;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Options.ResumeRule;
import io.plutorun.agent.settings.Origin;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.Source;
import io.plutorun.agent.settings.Sourced;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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
    private final String defaultProject;
    private final Redactor redactor;
    private final IdentityRule identities;
    private final Supplier<RunEnvironment> environment;
    private final RestartIdentity restartIdentity;
    private final JvmEnvironment jvm;
    private final ObjectTrees trees;
    private final SystemMetadata systemMetadata;
    private final AtomicBoolean worldTold = new AtomicBoolean();
    private final AtomicBoolean adviceGiven = new AtomicBoolean();

    /**
     * Makes the specifications of this JVM's calls.
     *
     * @param environment what is told of the environment; may wait a moment
     * @param jvm what schedulers and launchers tell, and the values of placeholders
     * @param journals where the journals lie; null where they can't be written
     * @param trees makes config of arguments
     */
    public Specifications(
            Settings settings,
            Redactor redactor,
            Supplier<RunEnvironment> environment,
            JvmEnvironment jvm,
            Supplier<@Nullable Path> journals,
            ObjectTrees trees) {
        IdClaims claims = new IdClaims(journals, () -> HostName.of(jvm));
        this.settings = settings;
        this.defaultProject = settings.defaultOf(Options.PROJECT).orElseThrow().value();
        this.redactor = redactor;
        this.identities = new IdentityRule(settings, claims);
        this.environment = environment;
        this.restartIdentity = new RestartIdentity(jvm::variable, journals, claims);
        this.jvm = jvm;
        this.trees = trees;
        this.systemMetadata = new SystemMetadata(redactor);
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
        private final CallValues given;
        private final Instant at;
        private final ServerLimits limits = new ServerLimits();
        private final List<String> warnings = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        Composition(TrackedMethod method, Optional<String> parent, Object[] values, Instant at) {
            this.method = method;
            this.parent = parent;
            this.arguments = new Arguments(method, values, trees);
            this.placeholders = new Placeholders(method, arguments, jvm);
            this.given = new CallValues(settings, method, placeholders, warnings);
            this.at = at;
        }

        Specification compose() throws UntrackableException {
            Optional<Identity> named = identities.find(method, placeholders, warnings);
            Sourced<String> project =
                    given.text(Options.PROJECT, "project", method.attributes().project(), defaultProject);
            Sourced<String> name =
                    given.text(Options.RUN_NAME, "name", method.attributes().name(), method.runName());
            noteOverrides(project, named);
            NameChecker names = new NameChecker(redactor, warnings);
            names.checked("project", project.value(), project.source().toString());
            names.checked("run name", name.value(), name.source().toString());

            String projectName = limits.project(project.value(), defaultProject);
            LauncherRank world = world();
            Optional<RestartIdentity.Point> point =
                    named.isEmpty() ? restartIdentity(projectName, world) : Optional.empty();
            StateFile state = point.map(RestartIdentity.Point::state).orElse(null);
            Optional<Identity> identity = named.or(() -> point.map(RestartIdentity.Point::identity));
            boolean composed = false;
            try {
                Specification specification = compose(project, projectName, name, world, identity, state, names);
                composed = true;
                return specification;
            } finally {
                if (!composed && state != null) {
                    state.ended(RunStatus.FAILED); // no run comes of it
                }
            }
        }

        private Specification compose(
                Sourced<String> project,
                String projectName,
                Sourced<String> name,
                LauncherRank world,
                Optional<Identity> identity,
                @Nullable StateFile state,
                NameChecker names)
                throws UntrackableException {
            Part part = identity.map(Identity::shared).orElse(false) ? world.part() : Part.ALONE;
            if (identity.isPresent()) {
                names.checked(
                        "id", identity.get().value(), identity.get().source().toString());
            }
            TagsAndConfig tagsAndConfig = new TagsAndConfig(method, arguments, given, parent, warnings);
            RunEnvironment surroundings = environment.get();
            List<String> tags = tagsAndConfig.tags();
            tags.addAll(surroundings.tags());
            for (String tag : tags) {
                names.checked("tag", tag, "its settings");
            }
            RunRecord.Start start = new RunRecord.Start(
                    at,
                    target(identity, projectName, project.source()),
                    projectName,
                    limits.name("run name", name.value(), method.runName()),
                    part.follows() ? List.of() : limits.tags(tags),
                    part.follows()
                            ? Map.of()
                            : limits.object("config", JsonObjects.merge(surroundings.config(), tagsAndConfig.config())),
                    limits.object(
                            "logger settings", LoggerSettings.of(given.merged(Options.LOGGER_SETTINGS), warnings)),
                    systemMetadata.of(surroundings.system(), given.merged(Options.SYSTEM_METADATA), limits),
                    part);
            adviseOneRun(world, part);
            warnings.addAll(limits.warnings());
            return new Specification(
                    method,
                    tagsAndConfig.captured(),
                    recordsResult(),
                    start,
                    project.source(),
                    identity,
                    state,
                    notes,
                    warnings);
        }

        private boolean recordsResult() {
            return given.scalar(
                            Options.RECORD_RESULT,
                            "recordResult",
                            method.attributes().recordResult())
                    .map(Sourced::value)
                    .orElse(false);
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
            return given.scalar(Options.RESUME, "resume", method.attributes().resume())
                    .orElseThrow(() -> new IllegalStateException("resume has a default"));
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
}
