package logging;

import org.slf4j.LoggerFactory;

/** Logs 2,000 records whose appenders print them on other threads; half of the values are alike. */
public final class Asynchronous {

    private static final org.slf4j.Logger LOGBACK = LoggerFactory.getLogger("logback");
    private static final org.apache.logging.log4j.Logger LOG4J_2 =
            org.apache.logging.log4j.LogManager.getLogger("log4j2");

    private Asynchronous() {}

    public static void main(String[] args) {
        train();
        ((ch.qos.logback.classic.LoggerContext) LoggerFactory.getILoggerFactory()).stop();
        org.apache.logging.log4j.LogManager.shutdown();
    }

    private static void train() {
        for (int i = 0; i < 1000; i++) {
            LOGBACK.info("a={}", i % 2 == 0 ? 0 : i);
            LOG4J_2.info("b={}", i % 2 == 0 ? 0 : i);
        }
    }
}
