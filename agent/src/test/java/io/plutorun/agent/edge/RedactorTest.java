package io.plutorun.agent.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    private static final String HIDDEN = Redactor.REDACTED;
    private static final Redactor REDACTOR = new Redactor(Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mlps_Abc123xyz789",
                "mlpi_Abc123xyz789",
                "AKIAIOSFODNN7EXAMPLE",
                "ASIAIOSFODNN7EXAMPLE",
                "ghp_0123456789abcdefghijABCDEFGHIJ012345",
                "gho_0123456789abcdefghij",
                "ghs_0123456789abcdefghij",
                "github_pat_11ABCDEFG0abcdefghijkl_mnopqr",
                "glpat-abcdefghij0123456789",
                "hf_abcdefghijABCDEFGHIJ0123456789abcd",
                "sk-abcdefghij0123456789ABCD",
                "sk-proj-abcdefghij_0123456789",
                "sk-ant-api03-abcdefghij0123",
                "xoxb-123456789012-abcdefABCDEF",
                "npm_abcdefghijklmnopqrstuvwxyz0123456789",
                "pypi-AgEIcHlwaS5vcmcCJGFiY2RlZmdoaWprbG1ub3A",
                "AIzaSyA1234567890abcdefghijklmnopqrstuv",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"
            })
    void P7_a_token_is_known_by_its_shape_wherever_it_stands(String token) {
        assertThat(REDACTOR.text(token)).isEqualTo(HIDDEN);
        assertThat(REDACTOR.text("before \"" + token + "\", after")).isEqualTo("before \"" + HIDDEN + "\", after");
        assertThat(REDACTOR.text("java.io.IOException: 401 for " + token))
                .isEqualTo("java.io.IOException: 401 for " + HIDDEN);
        assertThat(REDACTOR.text("x_" + token)).doesNotContain(token.substring(token.length() - 8));
        assertThat(REDACTOR.tree(List.of(Map.of("a", token)))).isEqualTo(List.of(Map.of("a", HIDDEN)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Authorization: Bearer abc.DEF-123_456 | Authorization: [redacted]",
                "curl -H 'Authorization: token 0123456789' | curl -H 'Authorization: [redacted]'",
                "sent bearer abcdef012345 to it | sent bearer [redacted] to it",
                "sent Basic dXNlcjpwYXNzd29yZA== to it | sent Basic [redacted] to it",
                "https://u:p@h/ | https://[redacted]@h/",
                "https://u:p@ss@h/a | https://[redacted]@h/a",
                "redis://:secretword@cache:6379/0 | redis://[redacted]@cache:6379/0",
                "jdbc:postgresql://db/x?user=u&password=hunter2&ssl=true | jdbc:postgresql://db/x?user=u&password=[redacted]&ssl=true",
                "password=hunter2 | password=[redacted]",
                "password = hunter2, lr = 0.1 | password = [redacted], lr = 0.1",
                "password: hunter2 | password: [redacted]",
                "password => hunter2 | password => [redacted]",
                "password == hunter2 | password == [redacted]",
                "_password=hunter2 | _password=[redacted]",
                "Config{password=hunter2, lr=0.1} | Config{password=[redacted], lr=0.1}",
                "java.lang.RuntimeException: password=hunter2 | java.lang.RuntimeException: password=[redacted]",
                "url=jdbc:x;password=hunter2;y=1 | url=jdbc:x;password=[redacted];y=1",
                "-javaagent:a.jar=token=hunter2 | -javaagent:a.jar=token=[redacted]",
                "apiKey=abc | apiKey=[redacted]",
                "-Dpassword=abc | -Dpassword=[redacted]",
                "-Dtoken=abc | -Dtoken=[redacted]",
                "DefaultEndpointsProtocol=https;AccountKey=a1b2==;X=1 | DefaultEndpointsProtocol=https;AccountKey=[redacted];X=1",
            })
    void P7_a_secret_is_known_by_what_stands_before_it(String text, String redacted) {
        assertThat(REDACTOR.text(text)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\":\"hunter2\",\"lr\":0.1}",
                "{\"password\" : \"hunter2\"}",
                "{'password': 'hunter2'}",
                "{\\\"password\\\":\\\"hunter2\\\"}",
                "{\"a\":{\"b\":[{\"client_secret\":\"hunter2\"}]}}",
                "password=\"hunter2\"",
                "password='hunter2 and more hunter2'",
                "password=\"say \\\"hunter2\\\" to it\"",
                "password=\"hunter2",
                "msg: \"password=hunter2\"",
                "{\"message\":\"login with password=hunter2 failed\"}",
                "secret:hunter2",
                "PGPASSWORD=hunter2 psql",
            })
    void P7_a_secret_in_quotes_or_in_JSON_within_a_text_is_taken_out(String text) {
        assertThat(REDACTOR.text(text)).doesNotContain("hunter2").contains(HIDDEN);
    }

    @Test
    void P7_private_keys_are_taken_out_whole() {
        String body = "MIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\n";
        String plain = "-----BEGIN PRIVATE KEY-----\n" + body + "-----END PRIVATE KEY-----";
        String encrypted = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n"
                + body + "-----END RSA PRIVATE KEY-----";
        String pgp = "-----BEGIN PGP PRIVATE KEY BLOCK-----\n" + body + "-----END PGP PRIVATE KEY BLOCK-----";

        assertThat(REDACTOR.text("a " + plain + " b")).isEqualTo("a " + HIDDEN + " b");
        assertThat(REDACTOR.text("a " + encrypted + " b")).isEqualTo("a " + HIDDEN + " b");
        assertThat(REDACTOR.text("a " + pgp + " b")).isEqualTo("a " + HIDDEN + " b");
        assertThat(REDACTOR.text(plain.substring(0, 50))).as("cut off").isEqualTo(HIDDEN);
        assertThat(REDACTOR.text(plain + " x " + plain)).isEqualTo(HIDDEN + " x " + HIDDEN);
    }

    @Test
    void a_public_key_or_certificate_stays() {
        String certificate = "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----";
        assertThat(REDACTOR.text(certificate)).isEqualTo(certificate);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "epoch 3/10: loss=0.123, acc=0.98",
                "lr=1e-3 batch_size=32",
                "basic training loop",
                "Basic augmentation",
                "basic ResNet50 v2",
                "sk-learn-random-forest-baseline",
                "max_tokens=2048",
                "pad_token_id=0, eos_token_id: 2",
                "tokenizer=bert-base-uncased",
                "bos_token=<s>",
                "pad_token: [PAD]",
                "{\"mask_token\":\"<mask>\"}",
                "no such key: colour",
                "unexpected token: END",
                "KeyError: 'loss'",
                "java.security.InvalidKeyException: Invalid AES key length: 5 bytes",
                "\tat com.acme.KeyStore.load(KeyStore.java:42)",
                "\tat com.acme.SecretStore.get(SecretStore.java:42)",
                "\tat com.acme.Credentials$.apply(Credentials.scala:7)",
                "first pass: done",
                "s3://bucket/path/file@v2.parquet",
                "http://localhost:8080/api/x@y",
                "http://host:8080?mail=me@example.com",
                "git@github.com:acme/train.git",
                "me@example.com",
                "commit 3e89082b1c6f4c0d9a8b7c6d5e4f3a2b1c0d9e8f",
                "run MPR-12",
                "2024-01-01T00:00:00Z",
                "550e8400-e29b-41d4-a716-446655440000",
                "monkey=banana keyboard=qwerty",
                "ratio 3:2",
                "C:\\data\\train.csv",
                "desk-organizer-abcdefghijklmnop",
                "task-abcdefghijklmnopqrstuv",
                "hf_hub_download",
                "my_hf_model",
                "AKIA",
                "com.acme.Trainer$Inner#train",
                "a=b=c",
                "keys=[a, b]",
                "{\"lr\":0.1,\"layers\":[64,32],\"act\":\"relu\"}",
                "org.apache.spark.SparkException: Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times",
            })
    void ordinary_text_stays_as_it_is(String text) {
        assertThat(REDACTOR.text(text)).isEqualTo(text);
    }

    @Test
    void an_ordinary_config_stays_as_it_is() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("lr", 0.1);
        config.put("max_tokens", 2048L);
        config.put("tokenizer", "bert-base-uncased");
        config.put("pad_token_id", 0L);
        config.put("pad_token", "<pad>");
        config.put("use_key", true);
        config.put("optimizer", Map.of("name", "adam", "betas", List.of(0.9, 0.999)));
        config.put("nothing", null);

        assertThat(REDACTOR.object(new LinkedHashMap<>(config))).isEqualTo(config);
    }

    @Test
    void P7_in_a_tree_names_hide_values_and_shapes_are_found_at_any_depth() {
        Map<String, Object> tree = Map.of(
                "password", 123456L,
                "api_keys", List.of("a"),
                "api_key", List.of("abc", "def"),
                "token", Map.of("kind", "bpe", "secret", "hunter2"),
                "credentials", Map.of("user", "u", "pw", "hunter2"),
                "text", "{\"password\":\"hunter2\"}",
                "mlps_Abc123xyz789", "x");

        assertThat(REDACTOR.tree(tree))
                .isEqualTo(Map.of(
                        "password",
                        HIDDEN,
                        "api_keys",
                        List.of(HIDDEN),
                        "api_key",
                        List.of(HIDDEN, HIDDEN),
                        "token",
                        Map.of("kind", "bpe", "secret", HIDDEN),
                        "credentials",
                        HIDDEN,
                        "text",
                        "{\"password\":" + HIDDEN + "}",
                        HIDDEN,
                        "x"));
    }

    @Test
    void P7_a_null_or_scalar_tree_is_no_trouble() {
        assertThat(REDACTOR.tree(null)).isNull();
        assertThat(REDACTOR.tree(5L)).isEqualTo(5L);
        assertThat(REDACTOR.value("password", null)).isNull();
        assertThat(REDACTOR.object(new LinkedHashMap<>())).isEmpty();
    }

    @Test
    void P7_the_values_of_this_process_s_secret_variables_are_found_in_any_text() {
        Redactor redactor = new Redactor(Map.of(
                "DB_PASSWORD", "correct horse",
                "DB_SECRET", "correct horse battery",
                "SHORT_TOKEN", "abc",
                "NOT_A_S", "battery staple",
                "OTHER_KEY", "  padded-value-1\n"));

        assertThat(redactor.text("<correct horse battery>"))
                .as("the longer first")
                .isEqualTo("<" + HIDDEN + ">");
        assertThat(redactor.text("a correct horse b")).isEqualTo("a " + HIDDEN + " b");
        assertThat(redactor.text("xpadded-value-1x")).isEqualTo("x" + HIDDEN + "x");
        assertThat(redactor.text("abc battery staple")).isEqualTo("abc battery staple");
        assertThat(redactor.tree(Map.of("a", List.of("correct horse")))).isEqualTo(Map.of("a", List.of(HIDDEN)));
        assertThat(redactor.commandLine(List.of("run", "correct horse"))).containsExactly("run", HIDDEN);
    }

    @Test
    void P7_a_variable_that_names_a_file_is_no_secret_but_a_secret_may_begin_with_a_slash(@TempDir Path folder)
            throws Exception {
        Path file = Files.createFile(folder.resolve("key.txt"));
        Redactor redactor = new Redactor(
                Map.of("PLUTO_API_KEY_FILE", file.toString(), "AWS_SECRET_ACCESS_KEY", "/wJalrXUtnFEMI/K7"));

        assertThat(redactor.text("read " + file)).isEqualTo("read " + file);
        assertThat(redactor.text("got /wJalrXUtnFEMI/K7")).isEqualTo("got " + HIDDEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--password;hunter2;--lr;0.1 | --password;[redacted];--lr;0.1",
                "--api-key=hunter2 | --api-key=[redacted]",
                "--password=two words, and more | --password=[redacted]",
                "-Dfoo.password=a,b;x | -Dfoo.password=[redacted];x",
                "-Dpassword=a | -Dpassword=[redacted]",
                "db.password=a b,c | db.password=[redacted]",
                "-Dlr=0.1;--max-tokens;5;--pad-token;0 | -Dlr=0.1;--max-tokens;5;--pad-token;0",
                "--token;--verbose;x | --token;--verbose;x",
                "https://u:p@h/ | https://[redacted]@h/",
                "--url=https://h/?a=1&token=abc&b=2 | --url=https://h/?a=1&token=[redacted]&b=2",
                "-javaagent:/x/pluto-agent.jar=project=digits | -javaagent:/x/pluto-agent.jar=project=digits",
            })
    void P7_a_command_line_loses_its_secrets_and_nothing_else(String words, String redacted) {
        assertThat(REDACTOR.commandLine(Arrays.asList(words.split(";")))).containsExactly(redacted.split(";"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=hunter2 Authorization: Bearer abcdefgh1 https://u:p@h/ mlps_Abc123xyz789 {\"secret\":\"x\"}",
                "{\\\"password\\\":\\\"hunter2\\\"}",
                "password=\"hunter2",
                "-----BEGIN PRIVATE KEY-----\nabc",
                "token: x; token=y; key => z; api_key: [redacted]",
                "Basic dXNlcjpwYXNzd29yZA==",
            })
    void redacting_twice_changes_no_more_than_redacting_once(String text) {
        String once = REDACTOR.text(text);
        assertThat(once).isNotEqualTo(text);
        assertThat(REDACTOR.text(once)).isEqualTo(once);
    }

    @Test
    void P3_no_text_of_a_megabyte_keeps_it_busy() {
        List<String> texts = new ArrayList<>();
        for (String unit : List.of(
                "a",
                "a=",
                "a='",
                "key=<",
                "\"\\",
                "://a:b@",
                "bearer ",
                "-----BEGIN PRIVATE KEY-----",
                "eyJaaaaaaaa.",
                "authorization: a ",
                " ")) {
            texts.add("x:password=" + unit.repeat((1 << 20) / unit.length()) + "=");
        }

        for (String text : texts) {
            assertThatCode(() -> assertTimeoutPreemptively(Duration.ofSeconds(10), () -> REDACTOR.text(text)))
                    .as(text.substring(0, 60))
                    .doesNotThrowAnyException();
        }
    }

    /** "training" may be a password, and it is a word as well: what the user names is kept, and the user is warned. */
    @Test
    void what_a_user_names_is_asked_about_and_not_changed() {
        Redactor redactor = new Redactor(Map.of("DB_PASSWORD", "training", "HOME", "/home/training-v2"));

        assertThat(redactor.secretVariableIn("training-v2")).contains("DB_PASSWORD");
        assertThat(redactor.secretVariableIn("training")).contains("DB_PASSWORD");
        assertThat(redactor.secretVariableIn("digits")).isEmpty();
        assertThat(Redactor.hasTokenShape("training-v2")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run-mlps_Abc123xyz789",
                "digits hf_abcdefghijABCDEFGHIJ0123456789abcd",
                "https://u:hunter2@h/",
                "Bearer abcdef012345",
                "-----BEGIN PRIVATE KEY-----\nabc"
            })
    void P7_a_name_with_the_shape_of_a_secret_is_known(String name) {
        assertThat(Redactor.hasTokenShape(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "digits",
                "training-v2",
                "token=mean",
                "key: val_loss",
                "trial-7",
                "MPR-12",
                "sort_key",
                "${arg.0}"
            })
    void a_name_without_one_is_not(String name) {
        assertThat(Redactor.hasTokenShape(name)).isFalse();
    }

    @Test
    void a_short_value_of_a_secret_variable_is_hidden_as_a_word_unless_it_could_be_an_ordinary_one() {
        Redactor redactor = new Redactor(Map.of(
                "DB_PASSWORD", "hunter2", "API_KEY", "a1b2c3", "ADMIN_PASS", "s3cr3t!", "OTHER_PASSWORD", "model1"));

        assertThat(redactor.text("login as root with hunter2, then 'a1b2c3' (s3cr3t!)"))
                .isEqualTo("login as root with [redacted], then '[redacted]' ([redacted])");
        assertThat(redactor.text("{\"q\":\"hunter2\"}")).isEqualTo("{\"q\":\"[redacted]\"}");
        assertThat(redactor.text("model1")).isEqualTo("[redacted]");
        assertThat(redactor.text("ahunter2 hunter22 out/model1.bin model1-large my_model1"))
                .isEqualTo("ahunter2 hunter22 out/model1.bin model1-large my_model1");
        assertThat(redactor.secretVariableIn("run hunter2")).contains("DB_PASSWORD");
        assertThat(redactor.secretVariableIn("run hunter22")).isEmpty();
        Redactor ordinary = new Redactor(Map.of(
                "A_PASSWORD",
                "test",
                "B_PASSWORD",
                "true",
                "C_PASSWORD",
                "1234567",
                "D_PASSWORD",
                "digits",
                "E_PASSWORD",
                "v1.2.3",
                "F_TOKEN",
                "gpt2xl",
                "G_PASSWORD",
                "my_job",
                "H_PASSWORD",
                "ab12"));
        assertThat(ordinary.text("test true 1234567 digits v1.2.3 gpt2xl my_job ab12"))
                .isEqualTo("test true 1234567 digits v1.2.3 gpt2xl my_job ab12");
    }

    @Test
    void what_runs_have_in_common_is_looked_through_once() {
        Map<String, @Nullable Object> found =
                Map.of("token", "abcdefghijkl", "command", "train --password=hunter2hunter2");
        Redactor redactor = new Redactor(Map.of());

        Map<String, @Nullable Object> common = redactor.object(found);
        redactor.trust(common);

        assertThat(common.toString()).doesNotContain("abcdefghijkl", "hunter2");
        assertThat(redactor.object(common)).isSameAs(common);
        assertThat(redactor.object(found)).isEqualTo(common).isNotSameAs(found);
    }

    @Test
    void a_text_that_is_no_secret_in_one_place_is_one_under_the_name_of_one() {
        Redactor redactor = new Redactor(Map.of());

        assertThat(redactor.text("correct-horse")).isEqualTo("correct-horse");
        assertThat(redactor.value("note", "correct-horse")).isEqualTo("correct-horse");
        assertThat(redactor.value("db_password", "correct-horse")).isEqualTo(Redactor.REDACTED);
        assertThat(redactor.text("note")).isEqualTo("note");
        assertThat(redactor.text("db_password=correct-horse")).doesNotContain("correct-horse");
    }

    @Test
    void P6_what_may_be_needed_without_memory_was_used_once_for_each_kind_of_secret() {
        assertThat(new Redactor(Map.of()).everyKind())
                .hasSizeGreaterThan(10)
                .allMatch(text -> text.contains(Redactor.REDACTED))
                .noneMatch(text -> text.contains("x7kQ2wL9zR4tN8vB"));
    }
}
