package io.plutorun.agent.journal;

import io.plutorun.agent.api.RunReference;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.edge.Redactor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that happened to a run. */
public sealed interface RunRecord {

    /** The record as it may leave the agent. */
    RunRecord redactedBy(Redactor redactor);

    /**
     * The tracked method was entered.
     *
     * @param at when
     * @param target which run it is
     * @param project the run's project
     * @param name the run's name
     * @param tags the run's tags
     * @param config the run's config
     * @param loggerSettings what the agent notes about itself, the start mark among it
     * @param systemMetadata what the run records about the machine
     * @param part which of the run's processes this is
     */
    record Start(
            Instant at,
            Target target,
            String project,
            String name,
            List<String> tags,
            Map<String, @Nullable Object> config,
            Map<String, @Nullable Object> loggerSettings,
            Map<String, @Nullable Object> systemMetadata,
            Part part)
            implements RunRecord {

        /** A start of a run that is one process's own. */
        public Start(
                Instant at,
                Target target,
                String project,
                String name,
                List<String> tags,
                Map<String, @Nullable Object> config,
                Map<String, @Nullable Object> loggerSettings,
                Map<String, @Nullable Object> systemMetadata) {
            this(at, target, project, name, tags, config, loggerSettings, systemMetadata, Part.ALONE);
        }

        /** The field of {@link #loggerSettings} that tells an agent's own lost answer from a run that existed before. */
        public static final String MARK = "startMark";

        @Override
        public Start redactedBy(Redactor redactor) {
            return new Start(
                    at,
                    target,
                    project, // what the user names is checked where it is given, and never changed
                    name,
                    tags,
                    redactor.object(config),
                    redactor.object(loggerSettings),
                    redactor.object(systemMetadata),
                    part);
        }
    }

    /**
     * Tags are to be added to those of a run that existed before.
     *
     * @param added what the run shall bear as well
     */
    record Tags(List<String> added) implements RunRecord {
        @Override
        public Tags redactedBy(Redactor redactor) {
            return new Tags(added.stream().map(redactor::text).toList());
        }
    }

    /**
     * Config is to be laid over that of a run that existed before.
     *
     * @param values what goes over the run's
     */
    record Config(Map<String, @Nullable Object> values) implements RunRecord {
        @Override
        public Config redactedBy(Redactor redactor) {
            return new Config(redactor.object(values));
        }
    }

    /**
     * The tracked method is still executing: for a server whose heartbeat service can't be told. Not written to disk, since a moment later
     * it is no news; and on its way with the others, since it must not arrive behind the verdict, which it would undo.
     */
    record Alive() implements RunRecord {
        @Override
        public Alive redactedBy(Redactor redactor) {
            return this;
        }
    }

    /**
     * The tracked method ended.
     *
     * @param at when
     * @param status the verdict
     * @param evidence what it rests on
     */
    record End(Instant at, RunStatus status, Map<String, @Nullable Object> evidence) implements RunRecord {
        @Override
        public End redactedBy(Redactor redactor) {
            return new End(at, status, redactor.object(evidence));
        }
    }

    /**
     * The tracked method returned in a process that is not the one to say how the run ended. Nothing is sent, and nothing is left to
     * deliver: not even the start, which would revive a run that rank 0 has ended.
     *
     * @param at when
     */
    record Left(Instant at) implements RunRecord {
        @Override
        public Left redactedBy(Redactor redactor) {
            return this;
        }
    }

    /** Whether nothing comes after this record. */
    default boolean isLast() {
        return this instanceof End || this instanceof Left;
    }

    /**
     * Which of a run's processes this is.
     *
     * @param rank from 0
     * @param world how many there are
     */
    record Part(int rank, int world) {

        /** The run is this process's own. */
        public static final Part ALONE = new Part(0, 1);

        /** Whether other processes have the same run. */
        public boolean hasOthers() {
            return world > 1;
        }

        /** Whether another process speaks for the run: gives it its tags and its config, and says that it is completed. */
        public boolean follows() {
            return rank > 0;
        }

        /** Whether a verdict of this process is to be sent. */
        public boolean decides(RunStatus status) {
            return !follows() || status != RunStatus.COMPLETED;
        }
    }

    /** Which run a start means. */
    sealed interface Target {

        /**
         * Whether this is a run that another start in this process has begun.
         *
         * @param run what the server said of it
         * @param start the other start
         * @param project the project of the start that this target belongs to
         */
        default boolean means(StartedRun run, @Nullable Start start, String project) {
            if (this instanceof Create create) {
                return start != null
                        && start.target() instanceof Create other
                        && other.externalId().equals(create.externalId())
                        && start.project().equals(project);
            }
            RunReference reference = ((Resume) this).run();
            if (reference instanceof RunReference.ByRunId id) {
                return id.runId() == run.runId();
            }
            if (reference instanceof RunReference.ByDisplayId id) {
                return id.displayId().equalsIgnoreCase(run.displayId());
            }
            return start != null
                    && start.target() instanceof Create other
                    && other.externalId().equals(((RunReference.ByExternalId) reference).externalId());
        }

        /**
         * The run of this external id, which is created unless it exists.
         *
         * @param externalId the id
         * @param chosen whether the user chose it; if not it is random, and no other run can have it
         */
        record Create(String externalId, boolean chosen) implements Target {}

        /**
         * A run that must exist.
         *
         * @param run which
         */
        record Resume(RunReference run) implements Target {}
    }
}
