package io.plutorun.agent.json;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object that many documents hold: its text is made once, and copied into them. It can't be changed. */
public final class WrittenObject extends AbstractMap<String, @Nullable Object> {

    private final Map<String, @Nullable Object> object;
    private final String text;

    WrittenObject(Map<String, @Nullable Object> object, String text) {
        this.object = Collections.unmodifiableMap(object);
        this.text = text;
    }

    /** Its text. */
    public String text() {
        return text;
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return object.entrySet();
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return object.get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return object.containsKey(key);
    }
}
