package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.e2e.programs.Sources;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.FakeRun;
import org.junit.jupiter.api.Test;

/** In the C locale the JVM can't decode what is not ASCII. */
class LocaleTest {

    /** The shell writes the bytes, so that the locale of the tests does not matter: é and → in UTF-8. */
    private static final String IN_THE_C_LOCALE =
            "export LC_ALL=C PLUTO_PROJECT=\"$(printf 'digit\\303\\251')\"; java=$1; shift;"
                    + " exec \"$java\" \"-Dpluto.run.name=$(printf 'a\\342\\206\\222b')\" \"$@\"";

    @Test
    void a_project_and_a_name_that_are_not_ascii_are_the_ones_that_were_given() {
        try (FakePluto pluto = FakePluto.start()) {
            Result result = Program.of(Sources.class)
                    .against(pluto)
                    .startedBy("sh", "-c", IN_THE_C_LOCALE, "sh")
                    .run();

            assertThat(result.exitCode()).as(result.toString()).isZero();
            assertThat(pluto.runs()).isNotEmpty();
            assertThat(pluto.runs()).extracting(FakeRun::project).containsOnly("digité");
            assertThat(pluto.runs()).extracting(FakeRun::name).containsOnly("a→b");
        }
    }
}
