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
        for (int i = 0; i < 200; i++) {
            assertThat(redacted("loss")).containsExactly("[redacted]");
        }
        assertThat(redacted("loss", "theValueOfAVariable")).containsExactly("loss", "[redacted]");
    }
}
