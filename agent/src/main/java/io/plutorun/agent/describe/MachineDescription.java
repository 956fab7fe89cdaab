package io.plutorun.agent.describe;

import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.BoundedWait;
import io.plutorun.agent.host.JvmEnvironment;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What this machine is like: it does not change, and is found out once. */
public final class MachineDescription {

    private static final Duration MAX_WAIT = Duration.ofMillis(300);

    private final Redactor redactor;
    private final JvmEnvironment jvm;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final CompletableFuture<Map<String, @Nullable Object>> found = new CompletableFuture<>();

    public MachineDescription(Redactor redactor, JvmEnvironment jvm) {
        this.redactor = redactor;
        this.jvm = jvm;
    }

    /** As {@link SystemDescription#describe} gives it, without secrets. Other calls wait a moment for the first one that finds it out, and then do it themselves. */
    public Map<String, @Nullable Object> get() {
        Map<String, @Nullable Object> known = asked.compareAndSet(false, true)
                ? Map.of()
                : BoundedWait.of(found, System.nanoTime() + MAX_WAIT.toNanos(), Map.of());
        if (known.isEmpty()) {
            known = redactor.object(new SystemDescription(ProcFiles.ofThisMachine(), redactor, jvm).describe());
            found.complete(known);
        }
        return known;
    }
}
