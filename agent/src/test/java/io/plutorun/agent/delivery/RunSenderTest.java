package io.plutorun.agent.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.api.PlutoApi;
import io.plutorun.agent.api.RunStatus;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.ThisJvm;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.journal.JournalStore;
import io.plutorun.agent.journal.RunJournal;
import io.plutorun.agent.journal.RunRecord;
import io.plutorun.agent.send.AnswerRule;
import io.plutorun.agent.send.RecordSender;
import io.plutorun.agent.send.ServerState;
import io.plutorun.fake.FakePluto;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One sender, whose turns the test gives it itself. */
class RunSenderTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final FakePluto pluto = FakePluto.start();
    private final StepByStep turns = new StepByStep();
    private final RunJournal journal;
    private final RunSender sender;

    RunSenderTest(@TempDir Path directory) {
        PlutoApi api = new PlutoApi(pluto.apiUrl(), null, null, pluto.apiKey(), "1", Transport.DIRECT);
        journal = new JournalStore(
                        directory, ThisJvm.ENVIRONMENT, new Redactor(Map.of()), null, "1", "host", false, line -> {})
                .open();
        ServerState state = new ServerState();
        sender = new RunSender(turns, 1, journal, RecordSender.beside(api, LONG, state), state, new HeardWords());
        journal.sendWith(sender);
    }

    @AfterEach
    void close() {
        pluto.close();
    }

    private static RunRecord.Start start() {
        return new RunRecord.Start(
                Instant.now(),
                new RunRecord.Target.Create("id", false),
                "proj",
                "run",
                List.of(),
                Map.of(),
                Map.of(RunRecord.Start.MARK, "mark"),
                Map.of(),
                RunRecord.Part.ALONE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void P6_the_jvms_end_waits_for_a_run_until_it_does_not_count_as_undelivered_any_more(boolean left) {
        journal.append(start());
        journal.append(
                left
                        ? new RunRecord.Left(Instant.now())
                        : new RunRecord.End(Instant.now(), RunStatus.COMPLETED, Map.of()));

        turns.giveAll();

        assertThat(turns.waitedForWhenDone).containsExactly(true);
    }

    @Test
    void a_run_that_goes_on_and_has_nothing_to_send_is_not_waited_for() {
        journal.append(start());

        turns.giveAll();

        assertThat(sender.isWorthWaitingFor()).isFalse();
    }

    /** Gives turns when the test says so. */
    private final class StepByStep implements Dispatcher {

        private final Deque<Task> ready = new ArrayDeque<>();
        private final Deque<Boolean> waitedForWhenDone = new ArrayDeque<>();

        void giveAll() {
            for (Task task = ready.poll(); task != null; task = ready.poll()) {
                task.run();
            }
        }

        @Override
        public void execute(Task task) {
            ready.add(task);
        }

        @Override
        public void executeAfter(Duration wait, Task task) {
            ready.add(task);
        }

        @Override
        public boolean waitsForAnEarlierEnd(Task task) {
            return false;
        }

        @Override
        public boolean mayGo(Task task) {
            return true;
        }

        @Override
        public void heard(Task task, AnswerRule answer) {}

        @Override
        public boolean hasMoreUrgentThan(Task task) {
            return false;
        }

        @Override
        public boolean isServerAway() {
            return false;
        }

        @Override
        public boolean isJvmEnding() {
            return true;
        }

        @Override
        public void pauses(Task task) {}

        @Override
        public void isDone(Task task) {
            waitedForWhenDone.add(sender.isWorthWaitingFor());
        }
    }
}
