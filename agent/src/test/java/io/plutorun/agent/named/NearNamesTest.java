package io.plutorun.agent.named;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearNamesTest {

    @ParameterizedTest
    @CsvSource({
        "train, train, 0",
        "train, Train, 0",
        "train, trian, 1",
        "train, trains, 1",
        "train, rain, 1",
        "train, brain, 1",
        "train, terrain, 2",
        "'', fit, 3",
        "fit, '', 3",
        "abc, xyz, 3"
    })
    void a_distance_counts_letters_added_taken_replaced_or_exchanged(String one, String other, int distance) {
        assertThat(NearNames.distance(one, other)).isEqualTo(distance);
        assertThat(NearNames.distance(other, one)).isEqualTo(distance);
    }

    @Test
    void the_nearest_names_come_first_and_there_are_three_at_most() {
        assertThat(NearNames.of("trian", List.of("evaluate", "trained", "drain", "train", "brain", "train", "grain")))
                .containsExactly("train", "brain", "drain");
        assertThat(NearNames.of("fit", List.of("run", "fir", "fat", "far"))).containsExactly("fat", "fir");
        assertThat(NearNames.of("fit", List.of())).isEmpty();
    }

    @Test
    void of_classes_those_of_the_same_simple_name_go_before_those_of_the_same_package() {
        assertThat(NearNames.ofClasses(
                        "com.acme.Trainer",
                        List.of(
                                "org.other.Trainers",
                                "com.acme.Trianer",
                                "com.acme.Model",
                                "com.acme.deep.Trainer",
                                "com.acme.Outer$Trainer",
                                "com.acme.Strainer")))
                .containsExactly("com.acme.Outer$Trainer", "com.acme.deep.Trainer", "com.acme.Strainer");
    }
}
