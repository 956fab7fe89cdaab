package io.plutorun.agent.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class CompletionStagesTest {

    @Test
    void P5_a_stage_that_can_t_be_followed_for_an_error_is_as_over_as_one_that_throws_an_exception() {
        CompletableFuture<String> broken = new CompletableFuture<>() {
            @Override
            public CompletableFuture<String> whenComplete(BiConsumer<? super String, ? super Throwable> action) {
                throw new NoSuchMethodError("a library of another version");
            }
        };

        assertThat(CompletionStages.follow(broken, (value, thrown) -> {})).isFalse();
        assertThat(CompletionStages.follow(new CompletableFuture<>(), (value, thrown) -> {}))
                .isTrue();
    }
}
