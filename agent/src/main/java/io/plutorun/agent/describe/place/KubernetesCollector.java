package io.plutorun.agent.describe.place;

import io.plutorun.agent.describe.Collector;
import io.plutorun.agent.host.linux.SystemFiles;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pod. Kubernetes tells a container its namespace by a file, and the pod's name as the host's; all else only where the pod's spec says so. */
public final class KubernetesCollector implements Collector {

    private static final Map<String, String> VARIABLES = Map.of(
            "namespace", "POD_NAMESPACE",
            "pod", "POD_NAME",
            "node", "NODE_NAME",
            "job", "KUBERNETES_JOB_NAME",
            "index", "JOB_COMPLETION_INDEX");

    private static final String NAMESPACE = "var/run/secrets/kubernetes.io/serviceaccount/namespace";

    private final Map<String, String> environment;
    private final SystemFiles files;

    /**
     * Makes it.
     *
     * @param environment the variables of the process
     * @param files the files of the container
     */
    public KubernetesCollector(Map<String, String> environment, SystemFiles files) {
        this.environment = environment;
        this.files = files;
    }

    @Override
    public Map<String, @Nullable Object> collect() {
        if (!environment.containsKey("KUBERNETES_SERVICE_HOST")) {
            return Map.of();
        }
        Map<String, String> pod = Variables.of(environment, VARIABLES);
        String namespace = files.text(NAMESPACE).strip();
        if (!namespace.isEmpty()) {
            pod.putIfAbsent("namespace", namespace);
        }
        String host = environment.getOrDefault("HOSTNAME", "");
        if (!host.isBlank()) {
            pod.putIfAbsent("pod", host);
        }
        return pod.isEmpty() ? Map.of() : Map.of("kubernetes", pod);
    }
}
