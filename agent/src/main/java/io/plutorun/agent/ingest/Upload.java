package io.plutorun.agent.ingest;

import io.plutorun.agent.api.IngestApi;
import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.http.Outcome;
import io.plutorun.agent.metrics.MetricReader;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends what one process logged for one run, one request a call, in the order in which it was logged. What has arrived is marked on disk;
 * so the upload can be cut short at any point, and another one, in another process, goes on.
 *
 * <p>Used by one thread at a time.
 */
public final class Upload implements Closeable {

    /** A batch that is smaller held all that there was, unless a name is waited for. */
    private static final int FULL_BYTES = MetricReader.MAX_BATCH_BYTES / 2;

    private final PlutoApi api;
    private final UploadedRun run;
    private final Duration timeout;
    private final Listener listener;
    private final FirstSteps firstSteps;
    private final @Nullable SentSteps sentSteps;
    private final List<Lane<?>> lanes;
    private final Map<String, String> registered = new HashMap<>();

    /** The lane that is looked at, or whose batch is under way. */
    private int laneNumber;

    /** Whether that lane has a batch under way. */
    private boolean isUnderWay;

    /** What is left of that batch. */
    private final Deque<Lines> unsent = new ArrayDeque<>();

    /** Whether {@link #next} has begun, and has not come to its end; nothing above is to be relied on then. */
    private boolean isInterrupted;

    /** Hears what can't be kept. */
    public interface Listener {

        /**
         * The server refuses a line for what it says. The line is left out.
         *
         * @param line the line for a person, of a long one the beginning
         * @param answer the server's answer
         */
        void lineRefused(String line, Outcome<?> answer);
    }

    /**
     * Makes an upload; no request is made.
     *
     * @param api the server
     * @param ingest its ingest service
     * @param source the files
     * @param run the run that they are of
     * @param timeout how long one request may take
     */
    public Upload(
            PlutoApi api, IngestApi ingest, UploadSource source, UploadedRun run, Duration timeout, Listener listener) {
        this.api = api;
        this.run = run;
        this.timeout = timeout;
        this.listener = listener;
        this.lanes = List.of(
                Lane.ofValues(source.values(), lines -> ingest.metrics(run.id(), run.project(), lines, timeout)),
                Lane.ofData(source.data(), lines -> ingest.data(run.id(), run.project(), lines, timeout)),
                Lane.ofData(source.console(), lines -> ingest.logs(run.id(), run.project(), lines, timeout)));
        this.sentSteps = run.mayBeResumed() ? new SentSteps(source.folder(), run.key()) : null;
        this.firstSteps = new FirstSteps(api, run, source.folder(), timeout);
    }

    /**
     * Sends the next of what there is. Of a run that goes on, a look ends with the first batch that holds all there was: else a training that
     * logs all the time would make a request for every few values. One that ends before a name whose first step is not known yet holds less.
     *
     * <p>Where it throws, as when a file can't be read or there is no memory, the next call begins again behind what is marked as sent.
     *
     * @throws IOException when a file can't be read
     */
    public UploadProgress next() throws IOException {
        if (isInterrupted) {
            startOver();
        }
        isInterrupted = true;
        UploadProgress progress = progress();
        isInterrupted = false;
        return progress;
    }

    private void startOver() throws IOException {
        unsent.clear();
        isUnderWay = false;
        laneNumber = 0;
        for (Lane<?> lane : lanes) {
            lane.startOver();
        }
    }

    private UploadProgress progress() throws IOException {
        if (!IngestApi.canName(run.project())) {
            return new UploadProgress.Impossible(
                    "the ingest service takes no project whose name is not printable ASCII, as \"" + run.project()
                            + "\" is not");
        }
        if (!isUnderWay) {
            UploadProgress found = findBatch();
            if (found != null) {
                return found;
            }
        }
        return sendBatch();
    }

    /** Finds the next batch; what there is to say where there is none. */
    private @Nullable UploadProgress findBatch() throws IOException {
        for (; laneNumber < lanes.size(); laneNumber++) {
            Lane<?> next = lanes.get(laneNumber);
            if (next.take()) {
                isUnderWay = true;
                unsent.add(Lines.of(next.body()));
                return null;
            }
            String waiting = next.waitingName();
            if (waiting != null) {
                return findFirstStep(next, waiting);
            }
        }
        laneNumber = 0;
        return lanes.stream().allMatch(Lane::isAtEnd)
                ? new UploadProgress.Finished(
                        lanes.stream().mapToLong(Lane::damaged).sum())
                : new UploadProgress.Idle();
    }

    private UploadProgress findFirstStep(Lane<?> next, String name) throws IOException {
        if (!firstSteps.mayFollowOthers()) {
            next.stepsBegin("", 0);
            return new UploadProgress.Sent();
        }
        Outcome<Long> first = next.isKnownToTheServer() ? firstSteps.ofValues(name) : firstSteps.ofData(name);
        if (first instanceof Outcome.Answer<Long> answer) {
            next.stepsBegin(name, answer.value());
            return new UploadProgress.Sent();
        }
        return new UploadProgress.Failed(first);
    }

    private UploadProgress sendBatch() throws IOException {
        Lane<?> sending = lanes.get(laneNumber);
        Outcome<?> failure = register(sending.types());
        while (failure == null && !unsent.isEmpty()) {
            failure = send(sending, unsent.remove());
        }
        if (failure != null) {
            return new UploadProgress.Failed(failure);
        }
        mark(sending);
        isUnderWay = false;
        if (sending.body().length < FULL_BYTES && !sending.isComplete() && sending.waitingName() == null) {
            laneNumber++; // what has been logged meanwhile goes with the next look
        }
        return new UploadProgress.Sent();
    }

    /** Where the disk takes no mark, as when it is full, sending goes on: another upload may send the same once more. */
    private void mark(Lane<?> sending) {
        try {
            if (sentSteps != null) {
                sentSteps.note(sending.lastSteps());
            }
            sending.markSent();
        } catch (IOException e) {
            // that the disk refuses what is written is told by who writes the values
        }
    }

    /** Registers the names that are new; null when that is done. The pages show no value of a name before. */
    private @Nullable Outcome<?> register(Map<String, String> types) {
        Map<String, List<String>> unknown = new HashMap<>();
        types.forEach((name, type) -> {
            if (!registered.containsKey(name)) {
                unknown.computeIfAbsent(type, any -> new ArrayList<>()).add(name);
            }
        });
        for (Map.Entry<String, List<String>> names : unknown.entrySet()) {
            Outcome<Boolean> outcome = api.registerNames(run.id(), names.getValue(), names.getKey(), timeout);
            if (!(outcome instanceof Outcome.Answer<Boolean>)) {
                return outcome;
            }
            names.getValue().forEach(name -> registered.put(name, names.getKey()));
        }
        return null;
    }

    /**
     * Sends some lines; null when they have arrived, or a line of them was refused and the others are on their way. The lines before a
     * refused one are stored. Where the answer does not say which line it is about, it is found by halves.
     */
    private @Nullable Outcome<?> send(Lane<?> sending, Lines lines) {
        Outcome<Boolean> outcome = sending.send(lines.bytes());
        if (outcome instanceof Outcome.Answer<Boolean>) {
            return null;
        }
        if (!IngestAnswer.isAboutALine(outcome)) {
            unsent.addFirst(lines);
            return outcome;
        }
        String quoted = IngestAnswer.quotedLine(outcome);
        Lines refused = lines.isSingle() ? lines : quoted == null ? null : lines.lineThatBegins(quoted);
        if (refused != null) {
            Lines ofEachName = refused.ofEachName();
            addFirst(lines.behind(refused));
            if (ofEachName == null) {
                listener.lineRefused(refused.shown(), outcome);
            } else {
                addFirst(ofEachName);
            }
        } else {
            Lines half = lines.firstHalf();
            addFirst(lines.behind(half));
            addFirst(half);
        }
        return null;
    }

    private void addFirst(Lines lines) {
        if (!lines.isEmpty()) {
            unsent.addFirst(lines);
        }
    }

    @Override
    public void close() throws IOException {
        for (Lane<?> open : lanes) {
            open.close();
        }
    }
}
