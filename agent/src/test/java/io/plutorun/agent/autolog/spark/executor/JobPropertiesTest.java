package io.plutorun.agent.autolog.spark.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.plutorun.agent.current.RunAddress;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class JobPropertiesTest {

    private static final RunAddress RUN = new RunAddress(7, "work", "job");

    private static Properties own() {
        Properties properties = new Properties();
        properties.setProperty("spark.scheduler.pool", "fast");
        properties.setProperty("spark.job.tags", "mine,other");
        return properties;
    }

    @Test
    void a_job_has_the_address_and_a_tag_behind_its_own() {
        Properties job = own();
        JobProperties.set(job, RUN, ".2");

        assertThat(RunAddress.of(job::getProperty)).isEqualTo(RUN);
        assertThat(job)
                .containsEntry(JobProperties.TRAINING, ".2")
                .containsEntry("spark.job.tags", "mine,other,pluto-run-7")
                .containsEntry("spark.scheduler.pool", "fast");
    }

    @Test
    void what_was_set_twice_stands_once() {
        Properties job = own();
        JobProperties.set(job, new RunAddress(6, "old", "older"), "");
        JobProperties.set(job, new RunAddress(7, "work", null), ".2");

        assertThat(RunAddress.of(job::getProperty)).isEqualTo(new RunAddress(7, "work", null));
        assertThat(job).containsEntry("spark.job.tags", "mine,other,pluto-run-7");
    }

    @Test
    void when_it_is_submitted_its_properties_are_as_they_were() {
        Properties job = own();
        JobProperties.set(job, RUN, "");
        JobProperties.clear(job);
        Properties none = new Properties();
        JobProperties.set(none, RUN, "");
        JobProperties.clear(none);

        assertThat(job).isEqualTo(own());
        assertThat(none).isEmpty();
    }

    @Test
    void a_job_of_no_run_is_left_alone() {
        Properties job = own();
        JobProperties.clear(job);

        assertThat(job).isEqualTo(own());
    }
}
