package io.plutorun.agent.metrics.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class NameRulesTest {

    @Property
    void a_mended_name_is_one_that_the_server_takes_and_stays_as_it_is(@ForAll @StringLength(max = 1500) String name) {
        String mended = NameRules.storable(name);
        byte[] utf8 = mended.getBytes(StandardCharsets.UTF_8);

        assertThat(mended).isNotBlank().doesNotContain("\0");
        assertThat(utf8.length).isLessThanOrEqualTo(NameRules.MAX_BYTES);
        assertThat(new String(utf8, StandardCharsets.UTF_8)).isEqualTo(mended);
        assertThat(NameRules.storable(mended)).isEqualTo(mended);
    }

    @Example
    void a_sound_name_is_left_alone() {
        assertThat(NameRules.storable("train/loss 😀")).isEqualTo("train/loss 😀");
    }

    /** U+0085, U+00A0, U+2007 and U+202F are blank to the server, and not to {@link String#isBlank}. */
    @Example
    void what_the_server_takes_for_blank_is_unnamed() {
        for (String blank : new String[] {"", " ", "\t\n", "\u0085", "\u00a0", "\u2007 \u202f", "\u3000"}) {
            assertThat(NameRules.storable(blank)).isEqualTo(NameRules.UNNAMED);
        }
    }

    @Example
    void long_names_that_differ_at_their_end_stay_different() {
        String begin = "x".repeat(2000);
        assertThat(NameRules.storable(begin + "a")).isNotEqualTo(NameRules.storable(begin + "b"));
    }
}
