package io.plutorun.agent.autolog.xgboost;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** To the last bit what the JDK reads. */
class DecimalsTest {

    @Property(tries = 20_000)
    void digits_and_a_point_are_read_as_the_jdk_reads_them(
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long digits,
            @ForAll @IntRange(max = 18) int behindThePoint) {
        assertReadAsByTheJdk(BigDecimal.valueOf(digits, behindThePoint).toPlainString());
    }

    @Property(tries = 20_000)
    void what_xgboost_prints_is_read_as_the_jdk_reads_it(@ForAll @DoubleRange(min = -9, max = 9) double value) {
        assertReadAsByTheJdk(String.format(Locale.ROOT, "%.17f", value));
    }

    /** The middle between two doubles, and what is next to it. */
    @Property(tries = 5_000)
    void numbers_between_two_doubles_are_read_as_the_jdk_reads_them(
            @ForAll @LongRange(min = 1L << 53, max = 1L << 58) long near,
            @ForAll @IntRange(min = -1, max = 1) int off) {
        double below = near;
        long middle = (long) below + (long) (Math.ulp(below) / 2) + off;

        assertReadAsByTheJdk(Long.toString(middle));
    }

    @Example
    void what_xgboost_prints_is_hardly_ever_left_to_the_jdk() {
        Random random = new Random(1);
        int read = 0;
        for (int i = 0; i < 10_000; i++) {
            String text = String.format(Locale.ROOT, "%.17f", random.nextDouble());
            read += Double.isNaN(Decimals.read(text, 0, text.length())) ? 0 : 1;
        }
        assertThat(read).isGreaterThan(9_900);
    }

    @Example
    void anything_else_is_left_to_the_jdk() {
        for (String text :
                new String[] {"", "-", "1e-3", "nan", "-inf", "1,5", "1.2.3", " 1", "+1", "1234567890123456789"}) {
            assertThat(Decimals.read(text, 0, text.length())).as(text).isNaN();
        }
    }

    private void assertReadAsByTheJdk(String text) {
        double number = Decimals.read("x:" + text + "\t", 2, 2 + text.length());
        if (!Double.isNaN(number)) {
            assertThat(Double.doubleToRawLongBits(number))
                    .as(text)
                    .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
        }
    }
}
