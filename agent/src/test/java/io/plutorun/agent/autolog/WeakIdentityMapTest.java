package io.plutorun.agent.autolog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WeakIdentityMapTest {

    /** Equal to all others of its kind, if it is asked, which it must not be. */
    private static final class Model {
        @Override
        public boolean equals(Object other) {
            throw new AssertionError("equals was called");
        }

        @Override
        public int hashCode() {
            throw new AssertionError("hashCode was called");
        }
    }

    private final WeakIdentityMap<String> map = new WeakIdentityMap<>();

    @Test
    void objects_are_told_apart_by_identity() {
        Model one = new Model();
        Model other = new Model();

        map.put(one, "one");

        assertThat(map.get(one)).isEqualTo("one");
        assertThat(map.get(other)).isNull();
        assertThat(map.get(other, () -> "other")).isEqualTo("other");
        assertThat(map.get(other, () -> "again")).isEqualTo("other");
        assertThat(map.remove(one)).isEqualTo("one");
        assertThat(map.get(one)).isNull();
    }

    @Test
    void P1_it_keeps_no_object_of_the_program() {
        map.put(new Model(), "gone");
        int puts = 1;
        while (map.size() == puts) { // until the collector has run; each put sees who is gone
            System.gc();
            map.put(new Model(), "next");
            puts++;
        }

        assertThat(map.size()).isLessThan(puts);
    }
}
