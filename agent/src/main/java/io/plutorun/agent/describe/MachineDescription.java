package io.plutorun.agent.describe;

import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.host.JvmEnvironment;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What this machine is like: it does not change, and is found out once, when the first run begins. */
public final class MachineDescription {

    private final Redactor redactor;
    private final JvmEnvironment jvm;
    private volatile @Nullable Map<String, @Nullable Object> description;

    public MachineDescription(Redactor redactor, JvmEnvironment jvm) {
        this.redactor = redactor;
        this.jvm = jvm;
    }

    /** As {@link SystemDescription#describe} gives it. Two calls at once may both find it out; no lock is held while files are read. */
    public Map<String, @Nullable Object> get() {
        Map<String, @Nullable Object> known = description;
        if (known == null) {
            known = new SystemDescription(ProcFiles.ofThisMachine(), redactor, jvm).describe();
            description = known;
        }
        return known;
    }
}
