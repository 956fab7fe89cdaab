package io.plutorun.agent.autolog.spark.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.current.CurrentRun;
import io.plutorun.agent.current.JoinableRuns;
import io.plutorun.agent.current.JoinedRun;
import io.plutorun.agent.current.RunAddress;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JoinedRunsTest {

    private static final RunAddress ONE = new RunAddress(1, "work", "one");
    private static final RunAddress OTHER = new RunAddress(2, "work", "other");
    private static final String WORKER = "executor3";

    private final Thread task = new Thread(() -> {});
    private final Thread otherTask = new Thread(() -> {});
    private final Runs joinable = new Runs();

    /** What the agent's threads have to do; a test decides when they do it. */
    private final Deque<Runnable> begun = new ArrayDeque<>();

    private final JoinedRuns runs = new JoinedRuns(joinable, ofTest(), Duration.ZERO);

    private ThreadFactory ofTest() {
        return work -> {
            begun.add(work);
            return new Thread(() -> {});
        };
    }

    /** A run that notes what it is told. */
    private static class Joined implements JoinedRun {
        private final RunAddress address;
        private final CurrentRun run = (CurrentRun) Proxy.newProxyInstance(
                CurrentRun.class.getClassLoader(),
                new Class<?>[] {CurrentRun.class},
                (proxy, method, arguments) -> null);
        private final List<Thread> executing = new ArrayList<>();
        private Runnable whenEnding = () -> {};
        private boolean ended;

        Joined(RunAddress address) {
            this.address = address;
        }

        @Override
        public CurrentRun run() {
            return run;
        }

        @Override
        public void entered(Thread thread) {
            executing.add(thread);
        }

        @Override
        public void left(Thread thread) {
            executing.remove(thread);
        }

        @Override
        public void end() {
            whenEnding.run();
            ended = true;
        }
    }

    private static final class Runs implements JoinableRuns {
        private final List<Joined> joined = new ArrayList<>();
        private int refusals;

        @Override
        public void prepare() {}

        @Override
        public @Nullable JoinedRun join(RunAddress address, String worker) {
            if (refusals > 0) {
                refusals--;
                return null;
            }
            joined.add(new Joined(address));
            return joined.get(joined.size() - 1);
        }
    }

    private void agentWorks() {
        while (!begun.isEmpty()) {
            begun.remove().run();
        }
    }

    @Test
    void a_disk_that_hangs_stops_no_task() throws InterruptedException {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch joined = new CountDownLatch(1);
        JoinableRuns hanging = new JoinableRuns() {
            @Override
            public void prepare() {
                try {
                    hangs.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public JoinedRun join(RunAddress address, String worker) {
                return new Joined(address) {
                    @Override
                    public void entered(Thread thread) {
                        super.entered(thread);
                        if (address.equals(ONE)) {
                            joined.countDown();
                        }
                    }
                };
            }
        };
        JoinedRuns bounded = new JoinedRuns(hanging, Thread::new, Duration.ofMillis(10));

        bounded.entered(ONE, WORKER, task);
        bounded.entered(ONE, WORKER, otherTask);
        bounded.entered(OTHER, WORKER, otherTask);
        assertThat(bounded.of(ONE, WORKER).run()).isNull();
        hangs.countDown();
        joined.await();

        assertThat(bounded.of(ONE, WORKER).run()).isNotNull();
    }

    @Test
    void a_run_is_left_when_a_task_of_another_is_met_and_none_of_its_own_is_executed() {
        runs.entered(ONE, WORKER, task);
        agentWorks();
        runs.entered(OTHER, WORKER, otherTask);
        agentWorks();
        Joined one = joinable.joined.get(0);
        assertThat(one.executing).containsExactly(task);
        assertThat(one.ended).isFalse();

        runs.left(ONE, task);
        assertThat(one.executing).isEmpty();
        runs.entered(new RunAddress(3, "work", null), WORKER, task);
        agentWorks();

        assertThat(one.ended).isTrue();
        assertThat(joinable.joined).extracting(joined -> joined.ended).containsExactly(true, false, false);
    }

    @Test
    void a_run_that_is_being_joined_for_a_task_is_not_left_before_the_task_has_begun() {
        runs.entered(ONE, WORKER, task);
        Runnable joinsOne = begun.remove();
        runs.entered(OTHER, WORKER, otherTask);
        Runnable joinsOther = begun.remove();
        joinsOne.run(); // and at this moment, before the task goes on
        joinsOther.run();

        assertThat(joinable.joined).extracting(joined -> joined.ended).containsExactly(false, false);
        assertThat(joinable.joined.get(0).executing).containsExactly(task);
    }

    @Test
    void a_task_that_begins_while_its_run_is_being_left_has_it_joined_anew() {
        runs.entered(ONE, WORKER, task);
        agentWorks();
        runs.left(ONE, task);
        joinable.joined.get(0).whenEnding = () -> runs.entered(ONE, WORKER, task);
        runs.entered(OTHER, WORKER, otherTask);
        agentWorks();

        assertThat(joinable.joined).extracting(joined -> joined.address).containsExactly(ONE, OTHER, ONE);
        Joined again = joinable.joined.get(2);
        assertThat(again.ended).isFalse();
        assertThat(again.executing).containsExactly(task);
        assertThat(runs.of(ONE, WORKER).run()).isSameAs(again.run);
    }

    @Test
    void a_run_is_either_entered_or_left() {
        Membership member = new Membership(Duration.ZERO);
        assertThat(member.leaveIfIdle()).as("while it is being joined").isFalse();
        member.joined(new Joined(ONE));
        assertThat(member.entered(task)).isTrue();
        assertThat(member.leaveIfIdle()).isFalse();
        member.left(task);

        assertThat(member.leaveIfIdle()).isTrue();
        assertThat(member.leaveIfIdle()).as("once").isFalse();
        assertThat(member.entered(task)).isFalse();
    }

    @Test
    void what_could_not_be_joined_is_tried_again_by_the_next_task_and_not_by_each_value() {
        joinable.refusals = 1;
        runs.entered(ONE, WORKER, task);
        agentWorks();
        assertThat(runs.of(ONE, WORKER).run()).isNull();
        assertThat(begun).isEmpty();

        runs.entered(ONE, WORKER, otherTask);
        agentWorks();

        assertThat(joinable.joined.get(0).executing).containsExactly(task, otherTask);
        assertThat(runs.of(ONE, WORKER).run()).isNotNull();
    }
}
