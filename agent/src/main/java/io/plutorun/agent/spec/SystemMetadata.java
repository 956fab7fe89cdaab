package io.plutorun.agent.spec;

import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.json.Json;
import io.plutorun.agent.json.JsonObjects;
import io.plutorun.agent.json.WrittenObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What creates tell of the system. Where settings add nothing it is the same for many runs, and is made once. */
final class SystemMetadata {

    private static final String NAME = "system metadata";

    private final Redactor redactor;
    private volatile @Nullable Made last;

    private record Made(Map<String, @Nullable Object> of, WrittenObject storable) {}

    SystemMetadata(Redactor redactor) {
        this.redactor = redactor;
    }

    /**
     * What a create tells.
     *
     * @param found what was found out, without secrets; the same object as long as nothing comes to it
     * @param given what the settings lay over it
     */
    Map<String, @Nullable Object> of(
            Map<String, @Nullable Object> found, Map<String, @Nullable Object> given, ServerLimits limits) {
        if (!given.isEmpty()) {
            return limits.object(NAME, JsonObjects.merge(found, given));
        }
        Made made = last;
        return made == null || made.of != found ? make(found, limits) : made.storable;
    }

    /** One after the other: where many runs begin at once, the first makes it for all of them. */
    private synchronized WrittenObject make(Map<String, @Nullable Object> found, ServerLimits limits) {
        Made made = last;
        if (made == null || made.of != found) {
            made = new Made(found, Json.written(limits.object(NAME, found)));
            last = made;
            redactor.trust(made.storable);
        }
        return made.storable;
    }
}
