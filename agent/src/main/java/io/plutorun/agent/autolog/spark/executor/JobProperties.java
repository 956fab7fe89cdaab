package io.plutorun.agent.autolog.spark.executor;

import io.plutorun.agent.current.RunAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** What the properties of a Spark job say of the run that has submitted it. Spark gives them to each of the job's tasks. */
public final class JobProperties {

    /** What the names of a training are told apart by, {@code .2/fold0/point1}; empty for the first training of a run. */
    static final String TRAINING = "pluto.training";

    /** Spark's own property: tags by which jobs are cancelled, separated by commas. */
    private static final String TAGS = "spark.job.tags";

    private static final String TAG_OF_RUN = "pluto-run-";

    private JobProperties() {}

    /** By which tag the jobs of a run are cancelled. */
    public static String tag(RunAddress run) {
        return TAG_OF_RUN + run.runId();
    }

    /** A job is submitted by a run's code. */
    public static void set(Properties job, RunAddress run, String training) {
        clear(job);
        run.texts().forEach(job::setProperty);
        job.setProperty(TRAINING, training);
        List<String> tags = otherTags(job);
        tags.add(tag(run));
        job.setProperty(TAGS, String.join(",", tags));
    }

    /** The job has been submitted: Spark keeps a thread's properties from job to job, and the next one may be of no run. */
    public static void clear(Properties job) {
        if (job.getProperty(RunAddress.RUN) == null) {
            return;
        }
        RunAddress.KEYS.forEach(job::remove);
        job.remove(TRAINING);
        List<String> tags = otherTags(job);
        if (tags.isEmpty()) {
            job.remove(TAGS);
        } else {
            job.setProperty(TAGS, String.join(",", tags));
        }
    }

    private static List<String> otherTags(Properties job) {
        List<String> tags = new ArrayList<>();
        for (String tag : job.getProperty(TAGS, "").split(",", -1)) {
            if (!tag.isEmpty() && !tag.startsWith(TAG_OF_RUN)) {
                tags.add(tag);
            }
        }
        return tags;
    }
}
