package io.plutorun.agent.delivery;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.api.StatusEvent;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.journal.JournalContents;
import io.plutorun.agent.journal.JournalDirectory;
import io.plutorun.agent.journal.JournalFile;
import io.plutorun.agent.journal.JournalFormat;
import io.plutorun.agent.journal.JournalFormat.MalformedException;
import io.plutorun.agent.journal.RunRecord;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what a process that is gone has left: with its original times, so that the server's pages show when it happened, and so that
 * the server's watch over silent runs does not take it for one of those (docs/pluto-api.md). Safe to repeat, and to be cut short at any
 * point: what was delivered is marked.
 */
public final class Replay {

    private static final int MAX_ATTEMPTS = 4;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(60);
    private static final String RESUME = "resume";

    private final PlutoApi api;
    private final Duration timeout;
    private final boolean keep;
    private final @Nullable String onlyFor;

    /**
     * Makes a replay.
     *
     * @param api the server
     * @param onlyFor the API whose journals alone are delivered; null for all
     * @param timeout how long one request may take
     * @param keep whether delivered journals stay
     */
    public Replay(PlutoApi api, @Nullable String onlyFor, Duration timeout, boolean keep) {
        this.api = api;
        this.onlyFor = onlyFor;
        this.timeout = timeout;
        this.keep = keep;
    }

    /** What became of a journal. */
    public sealed interface Result {

        /**
         * All of it is on the server.
         *
         * @param run the run
         * @param status its verdict
         * @param torn whether a last line that was cut off had to be dropped
         */
        record Delivered(StartedRun run, RunStatus status, boolean torn) implements Result {}

        /**
         * There was nothing to deliver.
         *
         * @param why for a person
         */
        record Nothing(String why) implements Result {}

        /**
         * It was recorded for another server, and was not sent.
         *
         * @param api that server's API
         */
        record ForAnother(String api) implements Result {}

        /** A process that is alive is at work on it. */
        record InUse() implements Result {}

        /**
         * It could not be delivered, and stays.
         *
         * @param why for a person
         * @param serverAway whether no other will be deliverable either
         */
        record Left(String why, boolean serverAway) implements Result {}
    }

    /** Delivers one journal. */
    public Result deliver(Path path) {
        try {
            JournalFile file = JournalFile.open(path);
            if (file == null) {
                return new Result.InUse();
            }
            try (file) {
                JournalContents contents = file.read();
                JournalFormat.Header header = contents.header();
                if (header == null) {
                    remove(file);
                    return new Result.Nothing("its process died before the run had begun");
                }
                String meantFor = header.api();
                if (onlyFor != null && !onlyFor.equals(meantFor)) {
                    return new Result.ForAnother(String.valueOf(meantFor));
                }
                if (contents.isDone()) {
                    remove(file);
                    return new Result.Nothing("it is delivered already");
                }
                return new Delivering(
                                file, contents, Files.getLastModifiedTime(path).toInstant())
                        .deliver();
            }
        } catch (MalformedException e) {
            return new Result.Left("it can't be read: " + e.getMessage(), false);
        } catch (NoSuchFileException e) {
            return new Result.InUse(); // whoever was at work on it has just been done
        } catch (IOException e) {
            return new Result.Left("it can't be read: " + e, false);
        } catch (RuntimeException e) { // whatever is wrong with this one, the others shall have their turn
            return new Result.Left("it can't be delivered: " + e, false);
        }
    }

    private void remove(JournalFile file) throws IOException {
        if (!keep) {
            file.remove();
        }
    }

    /** Ends a delivery before its end; the message is for a person. */
    private static final class StoppedException extends Exception {

        private static final long serialVersionUID = 1;

        private final boolean serverAway;

        StoppedException(String message, boolean serverAway) {
            super(message);
            this.serverAway = serverAway;
        }
    }

    /** The delivery of one journal. */
    private final class Delivering {

        private final JournalFile file;
        private final JournalContents contents;
        private final Instant lastWritten;
        private final RecordSender sender = new RecordSender(api, timeout, new ServerState());
        private long lastSignOfLife;

        Delivering(JournalFile file, JournalContents contents, Instant lastWritten) {
            this.file = file;
            this.contents = contents;
            this.lastWritten = lastWritten;
        }

        Result deliver() throws IOException {
            try {
                boolean diedWhileStarting = contents.started() == null && contents.end() == null;
                if (diedWhileStarting && isBegunAgain()) {
                    remove(file);
                    return new Result.Nothing(
                            "its process died while it was starting the run, which another one has begun again");
                }
                StartedRun run = start();
                if (diedWhileStarting) {
                    RunStatus theirs = new LateRank(api, timeout, first().at(), Instant.now()).putBack(run.runId());
                    if (theirs != null) {
                        remove(file);
                        return new Result.Nothing("run " + run.label() + " is " + theirs + ", by another process");
                    }
                }
                RunStatus known = status(run);
                RunRecord.End end = contents.end();
                if (contents.started() != null) { // the process had it started; much may have happened since
                    String elsewhere = decidedElsewhere(run, known, end);
                    if (elsewhere != null) {
                        remove(file);
                        return new Result.Nothing(elsewhere);
                    }
                }
                RunRecord.End verdict = end != null ? end : died();
                records(run);
                String decision = verdict(run, verdict);
                remove(file);
                return decision != null
                        ? new Result.Nothing(decision)
                        : new Result.Delivered(run, verdict.status(), contents.torn());
            } catch (StoppedException e) {
                return new Result.Left(String.valueOf(e.getMessage()), e.serverAway);
            }
        }

        private StartedRun start() throws StoppedException, IOException {
            StartedRun started = contents.started();
            if (started != null) {
                sender.knows(started);
                return started;
            }
            send(contents.records().get(0));
            StartedRun run = sender.run();
            if (run == null) {
                throw new StoppedException("the server did not name the run", false);
            }
            file.append(new JournalFormat.StartDelivered(run, Instant.now()), true);
            return run;
        }

        /** Why the verdict is not ours to give any more; null when it is. */
        private @Nullable String decidedElsewhere(StartedRun run, RunStatus known, RunRecord.@Nullable End end)
                throws StoppedException, IOException {
            List<StatusEvent> history = history(run);
            RunRecord.Start start = (RunRecord.Start) contents.records().get(0);
            Instant recorded = end != null ? end.at() : start.at();
            Instant ours = recorded.isAfter(contents.startedAt()) ? recorded : contents.startedAt();
            List<StatusEvent> since = history.stream()
                    .filter(event -> event.at() != null && event.at().isAfter(ours.plus(OWN_EVENTS)))
                    .toList();
            if (isTakenUp(run)
                    || since.stream().anyMatch(event -> event.source().equals(RESUME))) {
                return "run " + run.label() + " was resumed since, by another process";
            }
            if (end != null && !since.isEmpty() && isVerdictOfAnother(since.get(since.size() - 1), end)) {
                return "run " + run.label() + " has the verdict of another process since";
            }
            if (known == RunStatus.CANCELLED || (end != null && end.status() == RunStatus.CANCELLED)) {
                return "run " + run.label() + " was cancelled";
            }
            boolean decided = end == null && known != RunStatus.RUNNING;
            return decided ? "run " + run.label() + " is " + known + " on the server" : null;
        }

        /** A resume that the dead process itself made is noted by the server's clock, at most a start's time-out after the start. */
        private static final Duration OWN_EVENTS = Duration.ofSeconds(60);

        /**
         * Who resumes a run that is RUNNING leaves no event on the server, but a journal beside this one: the younger one has the say.
         * Names sort by time.
         */
        private boolean isTakenUp(StartedRun run) throws IOException {
            return isAmongYounger(other -> JournalFile.isOf(other, run.runId())) || file.isContinuedHere(run.runId());
        }

        /** The same, while it is not known which run the id names: to ask would be to resume it. */
        private boolean isBegunAgain() throws IOException {
            if (first().target() instanceof RunRecord.Target.Create create && !create.chosen()) {
                return false; // nobody else can have a random id
            }
            return isAmongYounger(other -> JournalFile.beginsAs(other, first())) || file.isBegunHere(first());
        }

        private RunRecord.Start first() {
            return (RunRecord.Start) contents.records().get(0);
        }

        private boolean isAmongYounger(Predicate<Path> what) throws IOException {
            Path own = file.path();
            String name = String.valueOf(own.getFileName());
            try (DirectoryStream<Path> beside =
                    Files.newDirectoryStream(own.resolveSibling(""), "*" + JournalDirectory.SUFFIX)) {
                for (Path other : beside) {
                    if (String.valueOf(other.getFileName()).compareTo(name) > 0 && what.test(other)) {
                        return true;
                    }
                }
            }
            return false;
        }

        /** Who resumes a run that is RUNNING leaves no event; who ends it does. The server's watch knows less than the journal. */
        private static boolean isVerdictOfAnother(StatusEvent event, RunRecord.End end) {
            return event.source().equals("api")
                    && event.to() != null
                    && event.to() != RunStatus.RUNNING
                    && event.to() != end.status();
        }

        private RunRecord.End died() {
            Map<String, @Nullable Object> evidence = new LinkedHashMap<>();
            evidence.put("reason", "the process died without a verdict (kill -9, out of memory, power)");
            JournalFormat.Header header = contents.header();
            if (header != null) {
                evidence.put("pid", header.pid());
                evidence.put("host", header.host());
            }
            return new RunRecord.End(lastWritten, RunStatus.FAILED, evidence);
        }

        private void records(StartedRun run) throws StoppedException, IOException {
            RunRecord.Start start = (RunRecord.Start) contents.records().get(0);
            if (contents.started() == null) {
                for (RunRecord record : RecordSender.followUp(start, run)) {
                    sendOrLeaveOut(record);
                }
            }
            for (int i = 1
                            + (int) Math.min(
                                    contents.delivered(), contents.records().size());
                    i < contents.records().size();
                    i++) {
                RunRecord record = contents.records().get(i);
                if (!(record instanceof RunRecord.End)) {
                    signOfLife(run, false);
                    sendOrLeaveOut(record);
                    file.append(new JournalFormat.Delivered(i), false);
                }
            }
        }

        /** Sends the verdict; returns why it is not ours to give any more, null when it has arrived. */
        private @Nullable String verdict(StartedRun run, RunRecord.End end) throws StoppedException, IOException {
            RunStatus held = status(run); // again: much may have happened while the records were on their way
            if (held != RunStatus.RUNNING && held != end.status()) {
                List<StatusEvent> history = history(run);
                if (held == RunStatus.CANCELLED || !RevivalRule.mayRevive(history)) {
                    return "run " + run.label() + " is " + held + " on the server, by somebody's decision";
                }
            }
            // From RUNNING any verdict counts.
            signOfLife(run, true);
            Object result = attempt(() -> sender.send(end));
            if (result instanceof StatusResult.Overruled decision) {
                return "run " + run.label() + " is " + decision.status() + " on the server, by somebody's decision";
            }
            mark();
            return null;
        }

        private void mark() throws IOException {
            file.append(
                    new JournalFormat.Delivered(Math.max(1, contents.records().size() - 1)), true);
        }

        /** The server's watch must not end the run while its records are still on their way. */
        private void signOfLife(StartedRun run, boolean now) throws StoppedException {
            if (now || System.nanoTime() - lastSignOfLife > KEEP_ALIVE.toNanos()) {
                attempt(() -> api.updateStatus(run.runId(), RunStatus.RUNNING, null, null, timeout));
                lastSignOfLife = System.nanoTime();
            }
        }

        private RunStatus status(StartedRun run) throws StoppedException {
            RunStatus status = attempt(() -> api.details(run.runId(), timeout)).status();
            return status == null ? RunStatus.RUNNING : status;
        }

        private List<StatusEvent> history(StartedRun run) throws StoppedException {
            return attempt(() -> api.statusHistory(run.runId(), timeout));
        }

        private void send(RunRecord record) throws StoppedException {
            attempt(() -> sender.send(record));
        }

        /** Tags and config that the server will not have must not keep the verdict from it. */
        private void sendOrLeaveOut(RunRecord record) throws StoppedException {
            try {
                send(record);
            } catch (StoppedException e) {
                if (e.serverAway) {
                    throw e;
                }
            }
        }

        private <T> T attempt(java.util.function.Supplier<? extends Outcome<? extends T>> call)
                throws StoppedException {
            Backoff backoff = new Backoff();
            for (int tries = 1; ; tries++) {
                Outcome<? extends T> outcome = call.get();
                if (outcome instanceof Outcome.Answer<? extends T> answer) {
                    return answer.value();
                }
                if (!outcome.isTransient() || tries == MAX_ATTEMPTS) {
                    boolean keyRejected = outcome instanceof Outcome.Rejected<?> rejected && rejected.status() == 401;
                    throw new StoppedException(outcome.words(), outcome.isTransient() || keyRejected);
                }
                try {
                    Thread.sleep(backoff.next(outcome).toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new StoppedException("interrupted", true);
                }
            }
        }
    }
}
