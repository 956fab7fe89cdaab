package io.plutorun.agent.describe;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out one thing about the program or the machine, beside the training, on a thread of the agent's. */
public interface Collector {

    /**
     * What it has found out, in the form of the run's {@code systemMetadata}; empty for nothing. A card of the run's page is shown only when
     * the whole shape of its part fits, so a part is complete or left out. May throw: then the part is left out.
     */
    Map<String, @Nullable Object> collect() throws Exception;
}
