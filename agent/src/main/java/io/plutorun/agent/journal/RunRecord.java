package io.plutorun.agent.journal;

import io.plutorun.agent.api.RunDescription;
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

    /** The record as it may leave the agent. What the user names is checked where it is given, and never changed. */
    default RunRecord redactedBy(Redactor redactor) {
        return this;
    }

    /**
     * The tracked method was entered.
     *
     * @param at when
     * @param target which run it is
     * @param description what the run is created with
     * @param part which of the run's processes this is
     */
    record Start(Instant at, Target target, RunDescription description, Part part) implements RunRecord {

        /** The field of {@link #loggerSettings} that tells an agent's own lost answer from a run that existed before. */
        public static final String MARK = "startMark";

        /** A start, by what the run is created with. */
        public Start(
                Instant at,
                Target target,
                String project,
                String name,
                List<String> tags,
                Map<String, @Nullable Object> config,
                Map<String, @Nullable Object> loggerSettings,
                Map<String, @Nullable Object> systemMetadata,
                Part part) {
            this(at, target, new RunDescription(project, name, tags, config, loggerSettings, systemMetadata), part);
        }

        public String project() {
            return description.project();
        }

        public String name() {
            return description.name();
        }

        public List<String> tags() {
            return description.tags();
        }

        public Map<String, @Nullable Object> config() {
            return description.config();
        }

        public Map<String, @Nullable Object> loggerSettings() {
            return description.loggerSettings();
        }

        public Map<String, @Nullable Object> systemMetadata() {
            return description.systemMetadata();
        }

        /** The random text that this start leaves on the run; null where the journal of another agent has none. */
        public @Nullable String mark() {
            return loggerSettings().get(MARK) instanceof String mark ? mark : null;
        }

        /** The external id that the start names the run by; null where it names it otherwise. */
        public @Nullable String externalId() {
            if (target instanceof Target.Create create) {
                return create.externalId();
            }
            return ((Target.Resume) target).run() instanceof RunReference.ByExternalId id ? id.externalId() : null;
        }

        /** Whether the id of the run is random, so that no other start can mean the same run. */
        public boolean isOfItsOwn() {
            return target instanceof Target.Create create && !create.chosen();
        }

        /**
         * Whether this start means the run that another start has begun. The one rule for what "the same run" is.
         *
         * @param other the other start
         * @param run what the server said of the other's run; null while it has said nothing
         */
        public boolean meansRunOf(Start other, @Nullable StartedRun run) {
            String own = externalKey();
            if (own != null) {
                return own.equals(other.externalKey());
            }
            if (target.equals(other.target)) {
                return true;
            }
            RunReference reference = ((Target.Resume) target).run();
            if (run == null) {
                return false;
            }
            if (reference instanceof RunReference.ByRunId id) {
                return id.runId() == run.runId();
            }
            return reference instanceof RunReference.ByDisplayId id
                    && id.displayId().equalsIgnoreCase(run.displayId())
                    && (id.project() == null
                            || run.project() == null
                            || id.project().equals(run.project()));
        }

        /** How all processes of the run know it on disk that name it in the same way. */
        public String runKey() {
            String external = externalKey();
            return external != null
                    ? external
                    : ((Target.Resume) target).run().fields().toString();
        }

        /** The external id with the project that it is unique in; null where the run is named otherwise. */
        private @Nullable String externalKey() {
            if (target instanceof Target.Create create) {
                return project() + "\n" + create.externalId();
            }
            return ((Target.Resume) target).run() instanceof RunReference.ByExternalId id
                    ? id.project() + "\n" + id.externalId()
                    : null;
        }

        @Override
        public Start redactedBy(Redactor redactor) {
            return new Start(at, target, description.withMaps(redactor::object), part);
        }
    }

    /**
     * Tags are to be added to those of a run that existed before.
     *
     * @param added what the run shall bear as well
     */
    record Tags(List<String> added) implements RunRecord {}

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
     * The notes on the run's page are to be these.
     *
     * @param text what they say
     */
    record Notes(String text) implements RunRecord {
        @Override
        public Notes redactedBy(Redactor redactor) {
            return new Notes(redactor.text(text));
        }
    }

    /**
     * A file is to be uploaded. Who takes the record takes no file: that is done beside the other records, and waited for by none.
     *
     * @param logName the name under which the pages show it
     * @param fileName what it is called there
     * @param path where it lies; null where the record holds its text
     * @param size how many bytes it had when it was named
     * @param modified when it had been written last
     * @param text what it says; null for a file on disk
     */
    record File(
            String logName,
            String fileName,
            @Nullable String path,
            long size,
            Instant modified,
            @Nullable String text) implements RunRecord {
        @Override
        public File redactedBy(Redactor redactor) {
            String clean = text == null ? null : redactor.text(text);
            return new File(Redactor.named(logName), Redactor.named(fileName), path, size, modified, clean);
        }
    }

    /**
     * Tags are to be added to those of another run, which may have ended, and config is to be laid over that run's.
     *
     * @param runId the server's number of the other run
     * @param tags what it shall bear as well
     * @param config what goes over its config
     */
    record OfOtherRun(long runId, List<String> tags, Map<String, @Nullable Object> config) implements RunRecord {
        @Override
        public OfOtherRun redactedBy(Redactor redactor) {
            return new OfOtherRun(runId, tags, redactor.object(config));
        }
    }

    /**
     * The tracked method is still executing: for a server whose heartbeat service can't be told. It is not written to disk, since a moment
     * later it is out of date. It is sent in the order of the others, since behind the verdict it would undo the verdict.
     */
    record Alive() implements RunRecord {}

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
    record Left(Instant at) implements RunRecord {}

    /** Whether nothing comes after this record. */
    default boolean isLast() {
        return this instanceof End || this instanceof Left;
    }

    /**
     * Which of a run's processes this is.
     *
     * @param rank from 0
     * @param world how many there are
     * @param worker what a process is called that only adds values to another one's run; null for one that has a say in its end
     */
    record Part(int rank, int world, @Nullable String worker) {

        /** The run is this process's own. */
        public static final Part ALONE = new Part(0, 1);

        /** One of equals. */
        public Part(int rank, int world) {
            this(rank, world, null);
        }

        /** Whether this process only adds values to a run of another one: it neither starts nor ends it. */
        public boolean isWorker() {
            return worker != null;
        }

        /** Whether other processes have the same run. */
        public boolean hasOthers() {
            return world > 1 || isWorker();
        }

        /** Whether another process speaks for the run: gives it its tags and its config, and says that it is completed. */
        public boolean follows() {
            return rank > 0 || isWorker();
        }

        /** Whether a verdict of this process is to be sent. */
        public boolean decides(RunStatus status) {
            return !follows() || (status != RunStatus.COMPLETED && !isWorker());
        }
    }

    /** Which run a start means. */
    sealed interface Target {

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
