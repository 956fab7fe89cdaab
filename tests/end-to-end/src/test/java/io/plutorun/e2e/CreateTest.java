package io.plutorun.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plutorun.e2e.programs.Described;
import io.plutorun.e2e.programs.OneRun;
import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a create says, and when. */
class CreateTest {

    private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    /** What differs from run to run; each is checked by its shape. */
    private static final List<String> GENERATED = List.of("externalId", "createdAt", "updatedAt", "systemMetadata");

    @Test
    void the_servers_answer_is_there_before_the_methods_first_line_however_long_it_takes() {
        try (FakePluto pluto = FakePluto.start()) {
            pluto.faults().next("/api/runs/create", Fault.delay(Duration.ofSeconds(2)));

            Result result = Program.of(OneRun.class).against(pluto).run();

            assertThat(result.stdout()).contains("active true, resumed false, DIG-1");
            assertThat(pluto.exchanges("/api/runs/create")).hasSize(1);
        }
    }

    @Test
    void the_body_of_the_create_request_is_the_one_in_create_json() throws IOException {
        try (FakePluto pluto = FakePluto.start()) {
            Instant before = Instant.now();
            Result result = Program.of(Described.class, "argument of the program")
                    .property("golden.tag", "from a property")
                    .against(pluto)
                    .run();
            Instant after = Instant.now();

            ObjectNode body = (ObjectNode) Requests.create(pluto);
            JsonNode systemMetadata = Requests.inner(body, "systemMetadata");
            assertThat(body.path("externalId").asText()).matches(UUID);
            assertThat(Instant.ofEpochMilli(body.path("createdAt").longValue()))
                    .isBetween(before.minusMillis(1), after);
            assertThat(body.path("updatedAt")).isEqualTo(body.path("createdAt"));
            ObjectNode loggerSettings = (ObjectNode) Requests.inner(body, "loggerSettings");
            assertThat(loggerSettings.remove("startMark").asText()).matches(UUID);
            assertThat(((ObjectNode) loggerSettings.get("agent"))
                            .remove("version")
                            .asText())
                    .matches("\\d+\\.\\d+\\.\\d+.*");
            assertSystemMetadata(systemMetadata);

            body.remove(GENERATED);
            body.set("loggerSettings", loggerSettings);
            body.set("config", Requests.configOfProgram(body));
            assertThat(body).isEqualTo(golden());
            assertThat(result.exitCode()).isZero();
        }
    }

    /** The shapes that the web page's cards ask for, and what else is promised. */
    private static void assertSystemMetadata(JsonNode metadata) {
        assertThat(metadata.fieldNames())
                .toIterable()
                .contains("process", "cpu", "memory", "os_info", "jvm")
                .isSubsetOf(
                        "process",
                        "cpu",
                        "memory",
                        "os_info",
                        "jvm",
                        "git",
                        "program",
                        "requirements",
                        "platform",
                        "timezone",
                        "boot_time",
                        "gpu",
                        "slurm",
                        "kubernetes",
                        "ci");
        JsonNode process = metadata.get("process");
        assertThat(process.path("exe").asText()).endsWith("java");
        assertThat(process.path("pid").isIntegralNumber()).isTrue();
        assertThat(process.path("cmdline")).isNotEmpty().allMatch(JsonNode::isTextual);
        assertThat(process.path("cmdline").toString()).contains("\"argument of the program\"");
        assertThat(metadata.get("cpu").path("virtual").isIntegralNumber()).isTrue();
        assertThat(metadata.get("cpu"))
                .allMatch(part ->
                        part.isNumber() || (part.isObject() && part.path("max").isNumber()));
        assertThat(metadata.get("memory").path("virt").longValue()).isGreaterThan(1L << 20);
        assertThat(metadata.get("memory")).allMatch(JsonNode::isIntegralNumber);
        assertThat(metadata.get("os_info").path("hostname").isTextual()).isTrue();
        assertThat(metadata.get("os_info").path("os").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("name", "version", "pretty_name", "id");
        JsonNode jvm = metadata.get("jvm");
        assertThat(jvm.path("java").asText()).isEqualTo(System.getProperty("java.version"));
        assertThat(jvm.path("home").asText()).isNotEmpty();
        assertThat(jvm.path("max_heap").isIntegralNumber()).isTrue();
    }

    private static JsonNode golden() throws IOException {
        try (InputStream file = Objects.requireNonNull(CreateTest.class.getResourceAsStream("create.json"))) {
            return Requests.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
