package io.plutorun.agent.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.security.Permission;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** P3: the JVM's end waits as long as it may, whatever hangs. */
class JvmShutdownTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final CountDownLatch disk = new CountDownLatch(1);
    private final List<String> done = new CopyOnWriteArrayList<>();

    @AfterEach
    void diskAnswers() {
        disk.countDown();
    }

    private JvmShutdown shutdown(boolean diskHangs, boolean serverHangs) {
        return new JvmShutdown(new NoExits(), new Work(diskHangs, serverHangs), Duration.ofMillis(100));
    }

    @Test
    void what_is_open_is_ended_and_delivered() {
        shutdown(false, false).atEnd();

        assertThat(done).containsExactly("closed", "ended", "delivered");
    }

    @Test
    void P3_a_disk_that_hangs_is_given_up_and_told_and_not_tried_again_before_the_halt() {
        JvmShutdown shutdown = shutdown(true, false);

        assertTimeoutPreemptively(LONG, shutdown::atEnd);
        assertTimeoutPreemptively(LONG, () -> shutdown.halting(1));
        assertThat(done).containsExactly("closed", "gave up");
    }

    @Test
    void P3_a_disk_that_hangs_does_not_keep_a_halt() {
        assertTimeoutPreemptively(LONG, () -> shutdown(true, false).halting(1));

        assertThat(done).containsExactly("closed", "gave up");
    }

    @Test
    void P3_a_delivery_that_hangs_beyond_its_own_bound_does_not_keep_the_end() {
        assertTimeoutPreemptively(LONG, () -> shutdown(false, true).atEnd());

        assertThat(done).containsExactly("closed", "ended");
    }

    /** A security manager of the program's forbids the agent its threads, and the look at those of others. */
    @Test
    @EnabledForJreRange(max = JRE.JAVA_17)
    @SuppressWarnings("removal")
    void P5_where_no_thread_may_be_made_the_runs_are_ended_and_delivered_all_the_same() {
        JvmShutdown shutdown = shutdown(false, false);
        Thread forbidden = Thread.currentThread();
        System.setSecurityManager(new SecurityManager() {
            @Override
            public void checkPermission(Permission permission) {
                if (Thread.currentThread() == forbidden
                        && permission.getName().matches("modifyThread.*|getStackTrace")) {
                    throw new SecurityException("as intended: " + permission);
                }
            }
        });
        try {
            shutdown.atEnd();
        } finally {
            System.setSecurityManager(null);
        }

        assertThat(done).containsExactly("closed", "ended", "delivered");
    }

    private final class Work implements JvmShutdown.LastWork {

        private final boolean diskHangs;
        private final boolean serverHangs;

        Work(boolean diskHangs, boolean serverHangs) {
            this.diskHangs = diskHangs;
            this.serverHangs = serverHangs;
        }

        @Override
        public boolean close() {
            done.add("closed");
            return true;
        }

        @Override
        public void endRuns(JvmEnd end) {
            awaitIf(diskHangs);
            done.add("ended");
        }

        @Override
        public void deliver(Duration atMost) {
            awaitIf(serverHangs);
            done.add("delivered");
        }

        @Override
        public void gaveUp(Duration after) {
            done.add("gave up");
        }

        private void awaitIf(boolean hangs) {
            try {
                if (hangs) {
                    disk.await();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
