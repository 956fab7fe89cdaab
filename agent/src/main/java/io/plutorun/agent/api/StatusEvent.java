package io.plutorun.agent.api;

import io.plutorun.agent.http.Fields;
import io.plutorun.agent.http.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change of a run's state.
 *
 * @param to the new state; null where the server named one that the agent does not know
 * @param at when; null where the server did not say
 * @param source who changed it: {@code api}, {@code resume}, {@code stale-monitor}…; empty where the server did not say
 */
public record StatusEvent(
        @Nullable RunStatus to, String source, @Nullable Instant at) {

    static Outcome<List<StatusEvent>> read(Fields fields) {
        List<StatusEvent> events = new ArrayList<>();
        for (Fields event : fields.objects("events")) {
            String source = event.text("source");
            events.add(new StatusEvent(
                    RunStatus.named(event.text("toStatus")), source == null ? "" : source, event.instant("createdAt")));
        }
        return new Outcome.Answer<>(events);
    }
}
