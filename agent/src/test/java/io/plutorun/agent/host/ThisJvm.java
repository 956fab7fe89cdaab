package io.plutorun.agent.host;

import java.time.Clock;

/** The environment of the JVM that the tests run in, for tests that do not make one of their own. */
public final class ThisJvm {

    public static final JvmEnvironment ENVIRONMENT =
            new JvmEnvironment(System.getenv(), System::getProperty, Clock.systemUTC());

    private ThisJvm() {}
}
