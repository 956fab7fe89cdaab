package io.plutorun.agent.describe;

import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.JvmEnvironment;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What this machine is like: it does not change, and is found out once, when the first run begins. */
public final class MachineDescription {

    private static final Duration MAX_WAIT = Duration.ofMillis(300);

    private final Redactor redactor;
    private final JvmEnvironment jvm;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final CountDownLatch found = new CountDownLatch(1);
    private volatile @Nullable Map<String, @Nullable Object> description;

    public MachineDescription(Redactor redactor, JvmEnvironment jvm) {
        this.redactor = redactor;
        this.jvm = jvm;
    }

    /** As {@link SystemDescription#describe} gives it. Other calls wait a moment for the first one that finds it out, and then do it themselves. */
    public Map<String, @Nullable Object> get() {
        if (description == null && !asked.compareAndSet(false, true)) {
            awaitFound();
        }
        Map<String, @Nullable Object> known = description;
        if (known == null) {
            known = new SystemDescription(ProcFiles.ofThisMachine(), redactor, jvm).describe();
            description = known;
            found.countDown();
        }
        return known;
    }

    private void awaitFound() {
        try {
            var unused = found.await(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
