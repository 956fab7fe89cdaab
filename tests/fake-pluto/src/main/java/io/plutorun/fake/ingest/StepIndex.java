package io.plutorun.fake.ingest;

/** Where each step of a series stands, for series whose steps came out of order. Open addressing over positions. */
final class StepIndex {

    /** A position plus one; 0 where nothing stands. */
    private int[] slots;

    StepIndex(long[] steps, int size) {
        slots = new int[Integer.highestOneBit(Math.max(16, size)) * 4];
        for (int i = 0; i < size; i++) {
            place(steps, i);
        }
    }

    /** The position of {@code step} in {@code steps}, or -1. */
    int find(long[] steps, long step) {
        int slot = slotOf(step);
        while (slots[slot] != 0) {
            if (steps[slots[slot] - 1] == step) {
                return slots[slot] - 1;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return -1;
    }

    /** Takes in the last of {@code size} steps, which is not here yet. */
    void add(long[] steps, int size) {
        if (2L * size > slots.length) {
            slots = new StepIndex(steps, size).slots;
        } else {
            place(steps, size - 1);
        }
    }

    private void place(long[] steps, int position) {
        int slot = slotOf(steps[position]);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = position + 1;
    }

    private int slotOf(long step) {
        return (int) ((step * 0x9E3779B97F4A7C15L) >>> 32) & (slots.length - 1);
    }
}
