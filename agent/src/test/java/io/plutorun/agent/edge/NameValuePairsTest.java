package io.plutorun.agent.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name and its value that stand as the values of two further names, {@code name: DB_PASSWORD} and {@code value: …}. */
class NameValuePairsTest {

    private static final Redactor REDACTOR = new Redactor(Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- name: DB_PASSWORD\n  value: hunter2",
                "      - name: DB_PASSWORD\r\n        value: \"hunter2 and hunter2\"\r\n",
                "- name: 'DB_PASSWORD'\n  value: 'hunter2'\n- name: EPOCHS\n  value: '10'",
                "+        - name: DB_PASSWORD\n+          value: hunter2\n",
                "         - name: DB_PASSWORD\n-          value: hunter2\n+          value: more-hunter2\n",
                "- name: DB_PASSWORD # of the database\n  value: hunter2",
                "- name: DB_PASSWORD\n  type: string\n  value: hunter2",
                "- value: hunter2\n  name: DB_PASSWORD",
                "{\"name\":\"DB_PASSWORD\",\"value\":\"hunter2\"}",
                "[{\"name\": \"LR\", \"value\": \"0.1\"}, {\"name\": \"DB_PASSWORD\", \"value\": \"hunter2\"}]",
                "{\n  \"name\": \"DB_PASSWORD\",\n  \"value\": \"hunter2\"\n}",
                "{\"name\":\"DB_PASSWORD\",\"secure\":true,\"value\":\"hunter2\"}",
                "{\"value\":\"hunter2\",\"name\":\"DB_PASSWORD\"}",
                "{\\\"name\\\":\\\"DB_PASSWORD\\\",\\\"value\\\":\\\"hunter2\\\"}",
                "{\"Key\":\"db.password\",\"Value\":\"hunter2\"}",
                "{\"ParameterKey\":\"DbPassword\",\"ParameterValue\":\"hunter2\"}",
                "EnvVar(name=DB_PASSWORD, value=hunter2)",
                "{value=hunter2, name=DB_PASSWORD}",
                "--set env[0].name=DB_PASSWORD,env[0].value=hunter2",
                "<property name=\"hibernate.connection.password\" value=\"hunter2\"/>",
                "<entry value=\"hunter2\" key=\"db.password\"/>",
                "<property><name>fs.s3a.secret.key</name><value>hunter2</value></property>",
                "<property>\n  <name>fs.s3a.secret.key</name>\n  <value>hunter2</value>\n</property>",
                "-  <name>fs.s3a.secret.key</name>\n-  <value>hunter2</value>\n+  <value>more-hunter2</value>\n",
                "<entry key=\"db.password\">hunter2</entry>",
                "reader.option(\"password\", \"hunter2\")",
                "+    conf.set( \"fs.s3a.secret.key\" , \"hunter2\");",
                "Map.of(\"password\", \"hunter2\", \"user\", \"me\")",
                "os.environ.setdefault('DB_PASSWORD', 'hunter2')",
                "\"DB_PASSWORD\" -> \"hunter2\"",
                "+ENV DB_PASSWORD hunter2\n",
                "ENV DB_PASSWORD correct hunter2 battery\nEND",
                "setenv DB_PASSWORD hunter2",
            })
    void the_value_of_a_secrets_name_is_hidden(String text) {
        assertThat(REDACTOR.text(text)).doesNotContain("hunter2").contains("[redacted]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- name: EPOCHS\n  value: \"10\"\n- name: MODEL\n  value: resnet50",
                "- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef:\n      name: db\n      key: password\n- name: EPOCHS\n  value: ten",
                "- name: MODEL\n  value: resnet50\n- name: DB_PASSWORD\n  valueFrom: {secretKeyRef: {name: db}}\n",
                "{\"name\":\"pad_token\",\"value\":\"<pad>\"}",
                "{\"name\":\"sort_key\",\"value\":\"user_id\"}",
                "{\"name\":\"DB_PASSWORD\"},{\"value\":\"resnet50\"}",
                "name: password policy, value: strict",
                "map.put(\"key\", \"value\")",
                "say(\"lr\", \"password\", lr)",
                "name=lr value=0.1 key=loss value=0.25",
                "<property><name>spark.app.name</name><value>digits</value></property>",
                "<entry key=\"model.name\">digits</entry>",
                "+ENV MODEL digits\n",
                "ENV PASSWORD_FILE /run/secrets/db",
                "renamed \"password\" to \"passphrase\" in the form",
                "Config(datasetName=passwords, maxValue=10)",
                "{\"parameterName\":\"password\",\"minValue\":0}",
            })
    void other_values_are_left(String text) {
        assertThat(REDACTOR.text(text)).isEqualTo(text);
    }

    @Test
    void an_object_that_is_such_a_pair_is_one_in_a_tree_too() {
        Object tree = Map.of(
                "env",
                List.of(
                        Map.of("name", "DB_PASSWORD", "value", "hunter2"),
                        Map.of("key", "db.password", "value", List.of("hunter2")),
                        Map.of("Name", "EPOCHS", "Value", 10)));

        assertThat(REDACTOR.tree(tree)).asString().doesNotContain("hunter2").contains("DB_PASSWORD", "EPOCHS", "10");
    }

    @Test
    void a_value_belongs_to_a_name_of_its_own_kind_alone() {
        Map<String, Object> search = Map.of("datasetName", "leaked-passwords", "minValue", 0, "maxValue", 1);
        Map<String, Object> parameter = Map.of("ParameterKey", "DbPassword", "ParameterValue", "hunter2");

        assertThat(REDACTOR.tree(search)).isEqualTo(search);
        assertThat(REDACTOR.tree(parameter)).asString().doesNotContain("hunter2");
    }
}
