package io.plutorun.agent.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "PASSWORD",
                "db.password",
                "dbPassword",
                "db_password_2",
                "PGPASSWORD",
                "userpassword",
                "passwd",
                "MYSQL_PWD",
                "passphrase",
                "secret",
                "client_secret",
                "clientSecret",
                "AWS_SECRET_ACCESS_KEY",
                "secrets",
                "token",
                "access_token",
                "accessToken",
                "HF_TOKEN",
                "FOO_KEY",
                "api_key",
                "apiKey",
                "API-KEY",
                "APIKey",
                "apikey",
                "x-api-key",
                "secretkey",
                "credential",
                "credentials",
                "GOOGLE_APPLICATION_CREDENTIALS",
                "Authorization",
                "DB_PASS",
                "authtoken"
            })
    void P7_these_names_say_that_the_value_is_a_secret(String name) {
        assertThat(SecretNames.hide(name, "hunter2")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max_tokens",
                "maxTokens",
                "tokenizer",
                "tokenizer_name",
                "monkey",
                "keyboard",
                "keypoints",
                "turkey",
                "hockey",
                "secretary",
                "compass",
                "bypass",
                "passed",
                "passes",
                "author",
                "authors",
                "lr",
                "learning_rate",
                "keys",
                "tokens",
                "n_tokens",
                "monkeys",
                "KEYWORDS",
                "",
                "1",
                "…",
                "wordpiece",
                "passenger_count"
            })
    void these_names_say_nothing_of_the_kind(String name) {
        assertThat(SecretNames.hide(name, "hunter2")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "pad_token_id, 0",
        "key, 42",
        "token, -1",
        "token, 0.5",
        "use_auth_token, true",
        "save_key, false",
        "bos_token, <s>",
        "pad_token, <|endoftext|>",
        "mask_token, [MASK]",
        "first_pass, 3"
    })
    void a_token_or_key_that_is_plainly_no_secret_stays(String name, String value) {
        assertThat(SecretNames.hide(name, value)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"password, 123456", "secret, true", "key, 1234567890", "token, 1-2", "token, abc", "password, <x>"})
    void P7_a_number_is_a_secret_where_the_name_leaves_no_doubt_or_it_is_long(String name, String value) {
        assertThat(SecretNames.hide(name, value)).isTrue();
    }

    @Test
    void only_a_name_that_leaves_no_doubt_hides_whole_objects() {
        assertThat(SecretNames.hideWhatever(SecretNames.kind("db.credentials"))).isTrue();
        assertThat(SecretNames.hideWhatever(SecretNames.kind("token"))).isFalse();
    }
}
