package io.plutorun.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class OsThreadTest {

    @Test
    void a_thread_that_computes_is_runnable() {
        assertThat(OsThread.current().isRunnable()).isTrue();
    }

    @Test
    void another_one_is_runnable_until_it_waits_and_not_after_its_end() throws Exception {
        CompletableFuture<OsThread> known = new CompletableFuture<>();
        AtomicBoolean computes = new AtomicBoolean(true);
        CountDownLatch waits = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            known.complete(OsThread.current());
            while (computes.get()) {
                Thread.onSpinWait();
            }
            try {
                waits.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        OsThread seen = known.get();
        assertThat(seen.isRunnable()).isTrue();

        computes.set(false);
        while (seen.isRunnable()) {
            Thread.onSpinWait();
        }

        waits.countDown();
        thread.join();
        assertThat(seen.isRunnable()).isFalse();
    }
}
