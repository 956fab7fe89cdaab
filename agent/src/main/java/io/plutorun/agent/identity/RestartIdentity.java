package io.plutorun.agent.identity;

import io.plutorun.agent.call.TrackedMethod;
import io.plutorun.agent.host.RandomId;
import io.plutorun.agent.identity.Identity.Kind;
import io.plutorun.agent.settings.Origin;
import io.plutorun.agent.settings.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The ids of calls that are to go on with their run when their job is started again, and name none: the scheduler's, which all processes
 * of the job share, else one that waits in a file, which is this process's own. Each is for the first call of a method: the second one of
 * the same process is another run, and a restarted process begins with the first.
 */
public final class RestartIdentity {

    private final UnaryOperator<@Nullable String> environment;
    private final Supplier<@Nullable Path> folder;
    private final IdClaims claims;
    private final Set<StateFile.Key> claimed = ConcurrentHashMap.newKeySet();

    /**
     * Makes the source of ids for restarted jobs.
     *
     * @param environment from the name of a variable to its value
     * @param folder where the journals lie; null where they can't be written
     * @param claims sees to it that a child does not take the run of its parent
     */
    public RestartIdentity(
            UnaryOperator<@Nullable String> environment, Supplier<@Nullable Path> folder, IdClaims claims) {
        this.environment = environment;
        this.folder = folder;
        this.claims = claims;
    }

    /**
     * Where a call goes on.
     *
     * @param identity the run's id
     * @param state the file that keeps it; null where the scheduler does
     */
    public record Point(Identity identity, @Nullable StateFile state) {}

    /**
     * Finds the run of a call.
     *
     * @param rule where it stands that runs are gone on with
     * @param warnings what a person should know
     * @return empty when the call begins a run that nobody will go on with
     */
    public Optional<Point> find(
            TrackedMethod method, String project, LauncherRank world, Source rule, List<String> warnings) {
        Optional<SchedulerJob> job = SchedulerJob.find(environment, world);
        if (job.isPresent()) {
            return ofJob(job.get(), method, warnings);
        }
        StateFile.Key key =
                new StateFile.Key(project, method.settingsName(), world.part().rank());
        if (!claimed.add(key)) {
            return Optional.empty();
        }
        Path journals = folder.get();
        if (journals == null) {
            warnings.add(
                    "resume = auto (" + rule + "), but there is no durable id: no scheduler names this job, and"
                            + " nothing can be kept on disk; set PLUTO_EXTERNAL_ID, or PLUTO_DIR to a folder that can be written");
            return Optional.empty();
        }
        StateFile.Claim claim = StateFile.claim(journals, key, RandomId::uuid);
        if (claim instanceof StateFile.Claim.Held held) {
            tell(held, journals, rule, warnings);
            Source source = new Source(Origin.STATE_FILE, held.file().path().toString(), false);
            return Optional.of(
                    new Point(new Identity(Kind.EXTERNAL_ID, held.externalId(), source, false), held.file()));
        }
        if (claim instanceof StateFile.Claim.InUse inUse) {
            warnings.add("the run that " + inUse.path()
                    + " keeps is another process's, which is alive; this call has a run of its own");
        } else {
            warnings.add("resume = auto (" + rule + "), but there is no durable id: it can't be kept in "
                    + ((StateFile.Claim.Unusable) claim).why() + "; set PLUTO_EXTERNAL_ID");
        }
        return Optional.empty();
    }

    private Optional<Point> ofJob(SchedulerJob job, TrackedMethod method, List<String> warnings) {
        String id = job.id() + "/" + method.settingsName();
        Source source = new Source(Origin.ENVIRONMENT, job.variable(), false);
        Identity identity = new Identity(Kind.EXTERNAL_ID, id, source, true);
        Optional<String> taker = claims.take(id);
        if (taker.isEmpty()) {
            return Optional.of(new Point(identity, null));
        }
        if (!taker.get().equals(IdClaims.THIS_PROCESS)) {
            warnings.add(identity + " was taken by " + taker.get() + "; this call goes on without it");
        }
        return Optional.empty();
    }

    private void tell(StateFile.Claim.Held held, Path journals, Source rule, List<String> warnings) {
        if (held.wasUnreadable()) {
            warnings.add(held.file().path() + " names no run that could be gone on with; a new one is begun");
        }
        String inPod = environment.apply("KUBERNETES_SERVICE_HOST");
        if (held.fresh() && inPod != null && !inPod.isBlank()) {
            warnings.add("resume = auto (" + rule + "), but there is no durable id: nothing names this pod's job, and "
                    + journals
                    + " is new; a pod that replaces this one goes on with the run only if that folder is on a"
                    + " volume which outlives it, else set PLUTO_EXTERNAL_ID or KUBERNETES_JOB_NAME");
        }
    }
}
