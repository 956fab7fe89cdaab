package io.plutorun;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Puts the argument for this parameter of a {@link PlutoRun} method into the run's config.
 *
 * <p>Numbers, booleans, characters, strings, enums, optionals, dates, durations, paths, URIs and classes are recorded by value. Of arrays,
 * collections and maps of the JDK and of Scala's and Kotlin's standard libraries the contents are recorded, of records and other objects
 * the fields; no getter is called. Of anything else the name of its class is recorded. The value of an argument or a field whose name says
 * that it is a secret (a password, a token) is redacted. The argument of a {@code main(String[])} is read as options.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@Documented
public @interface PlutoParam {

    /**
     * The config key. A dot in it makes a nested entry.
     *
     * @return the key; empty means the parameter's own name if the class was compiled with {@code -parameters} or {@code -g}, else
     *     {@code arg0}, {@code arg1}…
     */
    String value() default "";
}
