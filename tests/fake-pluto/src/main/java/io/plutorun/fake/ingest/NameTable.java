package io.plutorun.fake.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The metric names of one run: found by their bytes, so that a name that is known costs no String. */
final class NameTable {

    private SeriesBuffer[] slots = new SeriesBuffer[64];
    private final List<SeriesBuffer> inOrder = new ArrayList<>();

    /** The series of the string that {@code line} has just read; an empty one when the name is new. */
    SeriesBuffer of(JsonLine line) throws IngestProblem {
        int hash = spread(line.textHash());
        int slot = hash & (slots.length - 1);
        while (slots[slot] != null) {
            if (slots[slot].hash() == hash && line.textIs(slots[slot].utf8Name())) {
                return slots[slot];
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        SeriesBuffer added = new SeriesBuffer(line.text(), line.textBytes(), hash);
        slots[slot] = added;
        inOrder.add(added);
        if (2 * inOrder.size() > slots.length) {
            grow();
        }
        return added;
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 16);
    }

    private void grow() {
        SeriesBuffer[] wider = new SeriesBuffer[2 * slots.length];
        for (SeriesBuffer series : inOrder) {
            int slot = series.hash() & (wider.length - 1);
            while (wider[slot] != null) {
                slot = (slot + 1) & (wider.length - 1);
            }
            wider[slot] = series;
        }
        slots = wider;
    }

    /** In the order in which the names were first met, those without a value too. */
    Collection<SeriesBuffer> all() {
        return Collections.unmodifiableList(inOrder);
    }

    Optional<SeriesBuffer> find(String name) {
        return inOrder.stream().filter(series -> series.name().equals(name)).findFirst();
    }
}
