package io.plutorun.agent.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineRedactorTest {

    private final LineRedactor redactor = new LineRedactor(new Redactor(Map.of("DB_PASSWORD", "theValueOfAVariable")));

    private List<String> redacted(String... lines) {
        return List.of(lines).stream().map(redactor).toList();
    }

    @Test
    void each_line_of_a_private_key_is_hidden_and_what_others_print_between_them_is_not() {
        assertThat(redacted(
                        "-----BEGIN RSA PRIVATE KEY-----",
                        "MIIEowIBAAKCAQEAplanted",
                        "epoch 3 done",
                        "  QmFzZTY0==  ",
                        "-----END RSA PRIVATE KEY-----",
                        "MIIEowIBAAKCAQEAplanted",
                        "password=hunter2"))
                .containsExactly(
                        "[redacted]",
                        "[redacted]",
                        "epoch 3 done",
                        "[redacted]",
                        "[redacted]",
                        "MIIEowIBAAKCAQEAplanted",
                        "password=[redacted]");
    }

    @Test
    void a_key_in_one_line_and_one_that_never_ends_hide_no_more_than_they_must() {
        assertThat(redacted("-----BEGIN PRIVATE KEY-----MIIE-----END PRIVATE KEY-----", "next"))
                .containsExactly("[redacted]", "next");
        assertThat(redacted("-----BEGIN PRIVATE KEY-----")).containsExactly("[redacted]");
        for (int i = 0; i < 4; i++) {
            assertThat(redacted("loss")).containsExactly("[redacted]");
        }
        for (int i = 4; i < 199; i++) {
            assertThat(redacted("loss")).containsExactly("loss");
        }
        assertThat(redacted(KEY, KEY, "theValueOfAVariable")).containsExactly("[redacted]", KEY, "[redacted]");
    }

    @Test
    void the_last_line_of_a_key_is_looked_for_near_the_others() {
        assertThat(redacted("-----BEGIN PRIVATE KEY-----", "a b", "a b", "a b", "a b", KEY, "a b", "QmFzZTY0=="))
                .containsExactly("[redacted]", "a b", "a b", "a b", "a b", "[redacted]", "a b", "[redacted]");
        assertThat(redacted("a b", "a b", "done", "done")).containsExactly("a b", "a b", "done", "done");
        assertThat(redacted(KEY, "QmFzZTY0==", "-----END PRIVATE KEY-----", "done"))
                .containsExactly("[redacted]", "[redacted]", "[redacted]", "done");
    }

    private static final String KEY = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDplantedplante";

    @Test
    void what_a_log_writes_before_each_line_of_a_key_stays() {
        assertThat(redacted(
                        "14:02:59.998 [main] INFO tls - -----BEGIN PRIVATE KEY-----",
                        "14:02:59.999 [main] INFO tls - " + KEY,
                        "14:03:00.000 [load] INFO net - epoch 3 done",
                        "14:03:00.000 [main] INFO tls - QmFzZTY0==",
                        "14:03:00.001 [main] INFO tls - -----END PRIVATE KEY-----",
                        "14:03:00.001 [main] INFO tls - QmFzZTY0=="))
                .containsExactly(
                        "14:02:59.998 [main] INFO tls - [redacted]",
                        "14:02:59.999 [main] INFO tls - [redacted]",
                        "14:03:00.000 [load] INFO net - epoch 3 done",
                        "14:03:00.000 [main] INFO tls - [redacted]",
                        "[redacted]",
                        "14:03:00.001 [main] INFO tls - QmFzZTY0==");
    }

    @Test
    void what_stands_before_and_behind_may_be_of_any_form() {
        assertThat(redacted(
                        "{\"t\":1,\"msg\":\"-----BEGIN RSA PRIVATE KEY-----\"}",
                        "{\"t\":2,\"msg\":\"" + KEY + "\"}",
                        "{\"t\":12,\"msg\":\"" + KEY + "\"}",
                        "{\"t\":3,\"msg\":\"QmFzZTY0==\"}"))
                .allMatch(line -> line.contains("[redacted]"))
                .noneMatch(line -> line.contains(KEY) || line.contains("QmFz"));
        assertThat(redacted("> -----BEGIN OPENSSH PRIVATE KEY-----", "worker 7 | " + KEY, "> loss", "a loss"))
                .containsExactly("> [redacted]", "worker 7 | [redacted]", "> [redacted]", "a loss");
    }
}
