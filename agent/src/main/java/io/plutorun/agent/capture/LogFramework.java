package io.plutorun.agent.capture;

import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * A framework that programs log with, and where it passes each record that its level lets through: once, on the thread that logs, before
 * any handler or appender is asked.
 *
 * @param classes which have the method
 * @param methods what it is called
 * @param descriptorEnd how its descriptor ends
 * @param argumentsBehind how many arguments stand behind the record
 * @param recordType what has the message, a public type
 * @param messageMethod what gives the message; empty for {@code java.util.logging}, whose formatter gives it
 * @param ofJdk whether it is a part of the JDK
 */
record LogFramework(
        Set<String> classes,
        Set<String> methods,
        String descriptorEnd,
        int argumentsBehind,
        String recordType,
        String messageMethod,
        boolean ofJdk)
        implements BiPredicate<String, String> {

    static final LogFramework JUL = new LogFramework(
            Set.of("java.util.logging.Logger"),
            Set.of("log"),
            "(Ljava/util/logging/LogRecord;)V",
            0,
            "java.util.logging.LogRecord",
            "",
            true);

    static final LogFramework LOGBACK = new LogFramework(
            Set.of("ch.qos.logback.classic.Logger"),
            Set.of("callAppenders"),
            "(Lch/qos/logback/classic/spi/ILoggingEvent;)V",
            0,
            "ch.qos.logback.classic.spi.ILoggingEvent",
            "getFormattedMessage",
            false);

    /** Its asynchronous loggers hand records on to another thread behind these methods. Which of the two there are depends on the version. */
    static final LogFramework LOG4J_2 = new LogFramework(
            Set.of("org.apache.logging.log4j.core.Logger", "org.apache.logging.log4j.core.async.AsyncLogger"),
            Set.of("log", "logMessage"),
            "Lorg/apache/logging/log4j/message/Message;Ljava/lang/Throwable;)V",
            1,
            "org.apache.logging.log4j.message.Message",
            "getFormattedMessage",
            false);

    static final LogFramework LOG4J_1 = new LogFramework(
            Set.of("org.apache.log4j.Category"),
            Set.of("callAppenders"),
            "(Lorg/apache/log4j/spi/LoggingEvent;)V",
            0,
            "org.apache.log4j.spi.LoggingEvent",
            "getRenderedMessage",
            false);

    static final List<LogFramework> ALL = List.of(JUL, LOGBACK, LOG4J_2, LOG4J_1);

    /** For a hook: itself for its classes. */
    List<LogFramework> of(String internalClassName) {
        return classes.contains(internalClassName.replace('/', '.')) ? List.of(this) : List.of();
    }

    @Override
    public boolean test(String methodName, String descriptor) {
        return methods.contains(methodName) && descriptor.endsWith(descriptorEnd);
    }

    /** A pattern with a wildcard: classes of the same name, in bridges to other frameworks, need not have the method. */
    @Override
    public String toString() {
        return "*#" + String.join("|", methods);
    }
}
