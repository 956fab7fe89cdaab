package io.plutorun.agent.describe.place;

import io.plutorun.agent.describe.Collector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The build of a continuous integration, by the variables that each service documents. */
public final class ContinuousIntegrationCollector implements Collector {

    /**
     * A service.
     *
     * @param name what it is called
     * @param sign the variable that is set in its builds alone
     * @param variables from a name in the part to the variable that has its value
     */
    private record Service(String name, String sign, Map<String, String> variables) {}

    private static final List<Service> SERVICES = List.of(
            new Service(
                    "github",
                    "GITHUB_ACTIONS",
                    Map.of(
                            "repository", "GITHUB_REPOSITORY",
                            "workflow", "GITHUB_WORKFLOW",
                            "run", "GITHUB_RUN_ID",
                            "attempt", "GITHUB_RUN_ATTEMPT",
                            "job", "GITHUB_JOB",
                            "ref", "GITHUB_REF")),
            new Service(
                    "gitlab",
                    "GITLAB_CI",
                    Map.of(
                            "repository", "CI_PROJECT_PATH",
                            "pipeline", "CI_PIPELINE_ID",
                            "job", "CI_JOB_NAME",
                            "url", "CI_JOB_URL",
                            "ref", "CI_COMMIT_REF_NAME")),
            new Service(
                    "jenkins",
                    "JENKINS_URL",
                    Map.of("job", "JOB_NAME", "build", "BUILD_NUMBER", "url", "BUILD_URL", "ref", "GIT_BRANCH")),
            new Service(
                    "buildkite",
                    "BUILDKITE",
                    Map.of(
                            "pipeline", "BUILDKITE_PIPELINE_SLUG",
                            "build", "BUILDKITE_BUILD_NUMBER",
                            "url", "BUILDKITE_BUILD_URL",
                            "ref", "BUILDKITE_BRANCH")),
            new Service(
                    "circleci",
                    "CIRCLECI",
                    Map.of(
                            "repository", "CIRCLE_PROJECT_REPONAME",
                            "job", "CIRCLE_JOB",
                            "build", "CIRCLE_BUILD_NUM",
                            "url", "CIRCLE_BUILD_URL",
                            "ref", "CIRCLE_BRANCH")),
            new Service(
                    "azure",
                    "TF_BUILD",
                    Map.of(
                            "repository", "BUILD_REPOSITORY_NAME",
                            "pipeline", "BUILD_DEFINITIONNAME",
                            "build", "BUILD_BUILDNUMBER",
                            "ref", "BUILD_SOURCEBRANCHNAME")),
            new Service(
                    "teamcity",
                    "TEAMCITY_VERSION",
                    Map.of("project", "TEAMCITY_PROJECT_NAME", "build", "BUILD_NUMBER")));

    private final Map<String, String> environment;

    /** Makes it for the environment variables of a process. */
    public ContinuousIntegrationCollector(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Map<String, @Nullable Object> collect() {
        for (Service service : SERVICES) {
            if (environment.containsKey(service.sign())) {
                Map<String, String> build = Variables.of(environment, service.variables());
                build.put("service", service.name());
                return Map.of("ci", build);
            }
        }
        return Map.of();
    }
}
