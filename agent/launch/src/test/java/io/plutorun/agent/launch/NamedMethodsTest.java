package io.plutorun.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamedMethodsTest {

    @Test
    void entries_are_separated_by_semicolons() {
        NamedMethods methods = NamedMethods.parse("com.acme.A#run; com.acme.B#run(int,int) ;\n**.C#*;");
        assertThat(methods.errors()).isEmpty();
        assertThat(methods.names("com/acme/A")).isTrue();
        assertThat(methods.names("com/acme/B")).isTrue();
        assertThat(methods.names("x/y/C")).isTrue();
        assertThat(methods.names("com/acme/D")).isFalse();
    }

    @Test
    void nothing_named_is_no_mistake() {
        assertThat(NamedMethods.parse(null).names("A")).isFalse();
        assertThat(NamedMethods.parse("").errors()).isEmpty();
        assertThat(NamedMethods.parse(" ; ;").errors()).isEmpty();
    }

    @Test
    void an_entry_with_a_mistake_is_left_out_and_the_others_hold() {
        NamedMethods methods = NamedMethods.parse("A#a;oops;B#b;C#");
        assertThat(methods.errors()).hasSize(2);
        assertThat(methods.errors().get(0)).contains("\"oops\"").contains("at position 9;");
        assertThat(methods.errors().get(1)).contains("\"C#\"").contains("at position 16;");
        assertThat(methods.names("A")).isTrue();
        assertThat(methods.names("B")).isTrue();
        assertThat(methods.names("oops")).isFalse();
    }

    @Test
    void a_class_gets_all_patterns_that_name_it() {
        NamedMethods methods = NamedMethods.parse("A#one;*#two;B#three");
        assertThat(methods.apply("A")).map(Object::toString).containsExactly("A#one", "*#two");
        assertThat(methods.apply("B")).map(Object::toString).containsExactly("*#two", "B#three");
        assertThat(methods.apply("p/A")).isEmpty();
    }
}
