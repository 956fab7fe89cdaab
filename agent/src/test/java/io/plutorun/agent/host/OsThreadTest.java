package io.plutorun.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class OsThreadTest {

    @Test
    void a_thread_that_computes_does_not_wait_for_a_disk() {
        assertThat(OsThread.current().mayWaitForDisk()).isFalse();
    }

    @Test
    void nor_does_one_that_waits_for_another_thread_and_of_one_that_has_ended_nothing_is_known() throws Exception {
        CompletableFuture<OsThread> known = new CompletableFuture<>();
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            known.complete(OsThread.current());
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        assertThat(known.get().mayWaitForDisk()).isFalse();

        end.countDown();
        while (!known.get().mayWaitForDisk()) {
            Thread.onSpinWait();
        }
    }
}
