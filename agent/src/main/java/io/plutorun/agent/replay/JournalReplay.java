package io.plutorun.agent.replay;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunDetails;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.api.StartedRun;
import io.plutorun.agent.api.StatusEvent;
import io.plutorun.agent.journal.JournalContents;
import io.plutorun.agent.journal.JournalFile;
import io.plutorun.agent.journal.JournalFormat;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.journal.SiblingJournals;
import io.plutorun.agent.send.LateRequests;
import io.plutorun.agent.send.RecordSender;
import io.plutorun.agent.send.RevivalRule;
import io.plutorun.agent.send.StatusResult;
import io.plutorun.agent.send.VerdictRestorer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The delivery of one journal. */
final class JournalReplay {

    private final JournalFile file;
    private final JournalContents contents;
    private final RunRecord.Start start;
    private final Instant lastWritten;
    private final RecordSender sender;
    private final Requests requests;
    private final OtherProcesses others;
    private final LookUps lookUps;

    /** The run as the journal's own server named it; null when it named none, or this is another server. */
    private final @Nullable StartedRun known;

    private final boolean isItsServer;
    private boolean isVerdictGiven;
    private boolean doesVerdictHold;

    /** Whether the process, which can't be seen from here, may be at work on the run. */
    private final boolean mayGoOn;

    JournalReplay(
            PlutoApi api,
            Duration timeout,
            JournalFile file,
            JournalContents contents,
            RunRecord.Start start,
            Instant lastWritten,
            boolean isItsServer,
            boolean mayGoOn,
            LookUps lookUps) {
        this.file = file;
        this.contents = contents;
        this.start = start;
        this.lastWritten = lastWritten;
        this.sender = RecordSender.ofThePast(api, timeout);
        this.requests = new Requests(api, timeout, sender);
        this.others = new OtherProcesses(contents, start, new SiblingJournals(file));
        this.lookUps = lookUps;
        this.isItsServer = isItsServer;
        this.mayGoOn = mayGoOn;
        this.known = isItsServer ? contents.started() : null;
    }

    ReplayResult deliver() throws StoppedException, IOException {
        if (!isItsServer && contents.started() != null && !namesExternalId()) {
            JournalFormat.Header header = contents.header();
            return new ReplayResult.ForAnother(String.valueOf(header == null ? null : header.api()));
        }
        boolean diedWhileStarting = known == null && contents.end() == null;
        if (diedWhileStarting && others.haveBegunItAgain()) {
            return new ReplayResult.Nothing(
                    "its process died while it was starting the run, which another one has begun again");
        }
        StartedRun run = known;
        if (run != null) {
            sender.knows(run);
        } else if (diedWhileStarting) {
            Found found = lookFor(history -> VerdictRestorer.givenSince(history, start.at(), Instant.now()));
            run = found.run();
            if (found.verdict() != null) {
                return new ReplayResult.Nothing(
                        "run " + run.label() + " is " + found.verdict() + ", by another process");
            }
        } else {
            run = start();
            noteStarted(run);
        }
        RunRecord.End end = contents.end();
        if (known != null) { // the process had it started; much may have happened since
            RunDetails details;
            try {
                details = requests.details(run.runId());
            } catch (StoppedException e) {
                if (e.isFinal() && isOfAnotherOrganization(run)) {
                    return new ReplayResult.ForAnother("organization " + run.organization());
                }
                throw e;
            }
            if (!bearsItsExternalId(details)) {
                return new ReplayResult.ForAnother(
                        "another server: run " + run.label() + " of this one is another run");
            }
            String elsewhere = others.haveDecided(run, details, requests.history(run.runId()), end);
            if (elsewhere != null) {
                return new ReplayResult.Nothing(elsewhere);
            }
            if (end == null && mayGoOn) { // the server, which hears of living runs, has not ended it
                return new ReplayResult.Left(mayBeAtWork(run), false);
            }
        }
        RunRecord.End verdict = end != null ? end : died();
        records(run);
        String decision = verdict(run, verdict);
        doesVerdictHold = decision == null;
        return decision != null
                ? new ReplayResult.Nothing(decision)
                : new ReplayResult.Delivered(run, verdict.status(), "");
    }

    private boolean namesExternalId() {
        return start.externalId() != null;
    }

    /** The number of a run means another run on another server, or after a database was set up anew. */
    private boolean bearsItsExternalId(RunDetails details) {
        return start.externalId() == null || start.externalId().equals(details.externalId());
    }

    /** To a key of another organization the API says that there is no such run. */
    private boolean isOfAnotherOrganization(StartedRun run) throws StoppedException {
        return run.organization() != null && !run.organization().equals(requests.organization());
    }

    /**
     * The run that the journal's values are of: as the server named it to this process or another one, else as it names it now. To ask for it
     * is to resume it; a verdict that it had it gets back.
     */
    StartedRun runOfValues() throws StoppedException, IOException {
        StartedRun named = known != null ? known : sender.run() != null ? sender.run() : others.named();
        if (named == null && start.part().isWorker()) { // that is only looked at
            named = start();
            noteStarted(named);
        }
        return named != null ? named : lookFor(VerdictRestorer::given).run();
    }

    /**
     * A run that was looked for by its id.
     *
     * @param verdict the one that it had, and has again; null when it is RUNNING
     */
    private record Found(StartedRun run, @Nullable RunStatus verdict) {}

    /**
     * Asks for the run, which resumes it, and gives it the verdict back that it had. It is noted last: who is cut short in between must find
     * the journal as it was, else the next one would take the run for one that its process has left open.
     */
    private Found lookFor(Function<List<StatusEvent>, @Nullable RunStatus> rule) throws StoppedException, IOException {
        lookUps.begin();
        try {
            StartedRun run = start();
            RunStatus verdict = rule.apply(requests.history(run.runId()));
            if (verdict != null) {
                requests.giveBack(run.runId(), verdict);
            }
            noteStarted(run);
            return new Found(run, verdict);
        } finally {
            lookUps.done();
        }
    }

    private StartedRun start() throws StoppedException {
        var unused = requests.send(start);
        StartedRun run = sender.run();
        if (run == null) {
            throw new StoppedException("the server did not name the run", false);
        }
        return run;
    }

    private void noteStarted(StartedRun run) throws IOException {
        if (isItsServer) {
            file.append(new JournalFormat.StartDelivered(run, Instant.now(), sender.isMarked()), true);
        }
    }

    private String mayBeAtWork(StartedRun run) {
        JournalFormat.Header header = contents.header();
        return "run " + run.label() + " is RUNNING on the server, and this is a copy of its journal"
                + (header == null ? "" : ": process " + header.pid() + " of " + header.host() + " may be at work on it")
                + "; try again when the run has ended";
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
        if (known == null) {
            for (RunRecord record : RecordSender.followUp(start, run)) {
                requests.sendOrLeaveOut(record);
            }
        }
        List<RunRecord> records = contents.records();
        long delivered = isItsServer ? contents.delivered() : 0;
        for (int i = 1 + (int) Math.min(delivered, records.size()); i < records.size(); i++) {
            RunRecord record = records.get(i);
            boolean isElsewhere =
                    record instanceof RunRecord.OfOtherRun && !isItsServer; // there the number is another run's
            if (!(record instanceof RunRecord.End || isElsewhere)) {
                requests.signOfLife(run.runId());
                requests.sendOrLeaveOut(record);
                if (isItsServer) {
                    file.append(new JournalFormat.Delivered(i), false);
                }
            }
        }
    }

    /** Sends the verdict; returns why it is not ours to give any more, null when it has arrived. */
    private @Nullable String verdict(StartedRun run, RunRecord.End end) throws StoppedException, IOException {
        RunRecord.End stamped = end;
        if (known != null || run.resumed()) { // a run that was just made has no history
            RunDetails details = requests.details(run.runId()); // again: much may have happened meanwhile
            RunStatus held = details.status() == null ? RunStatus.RUNNING : details.status();
            List<StatusEvent> history = requests.history(run.runId());
            boolean byTheWatch = RevivalRule.mayRevive(history);
            if (held == end.status() && !byTheWatch) {
                mark(); // it arrived, and only its answer was late
                return null;
            }
            if (held != RunStatus.RUNNING && (held == RunStatus.CANCELLED || !byTheWatch)) {
                return "run " + run.label() + " is " + held + " on the server, by somebody's decision";
            }
            stamped = inOrder(run, end, held, RevivalRule.lastStamp(history));
        }
        isVerdictGiven = true;
        Object result = requests.send(stamped);
        if (result instanceof StatusResult.Overruled decision) {
            return "run " + run.label() + " is " + decision.status() + " on the server, by somebody's decision";
        }
        mark();
        return null;
    }

    /**
     * Pages sort the changes of a run by their stamps, so the verdict is stamped later than the change before it; and so is the return to
     * RUNNING of a run that the server's watch has ended.
     */
    private RunRecord.End inOrder(StartedRun run, RunRecord.End end, RunStatus held, @Nullable Instant last)
            throws StoppedException {
        Instant before = last;
        if (held != RunStatus.RUNNING) {
            before = last == null ? null : last.plusMillis(1);
            requests.revive(run.runId(), before);
        }
        return before == null || end.at().isAfter(before)
                ? end
                : new RunRecord.End(before.plusMillis(1), end.status(), end.evidence());
    }

    private void mark() throws IOException {
        if (isItsServer) {
            long records = Math.max(1, contents.records().size() - 1);
            boolean isNoted = contents.end() != null && contents.delivered() >= records;
            if (!isNoted || sender.late().last() != null) {
                file.append(new JournalFormat.Delivered(records, sender.late().last()), true);
            }
        }
    }

    /** Whether the verdict had to be given; if not, it stood. */
    boolean isVerdictGiven() {
        return isVerdictGiven;
    }

    /** Whether the verdict stands, and a request that was left without an answer, by the run's process or by this one, may undo it yet. */
    boolean mayBeUndone() {
        Instant last = sender.late().last() == null
                ? contents.unanswered()
                : sender.late().last();
        return isItsServer && doesVerdictHold && last != null && LateRequests.mayComeYet(last);
    }
}
