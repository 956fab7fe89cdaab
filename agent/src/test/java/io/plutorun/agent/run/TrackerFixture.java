package io.plutorun.agent.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plutorun.agent.TestWiring;
import io.plutorun.agent.call.TrackedMethods;
import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.settings.LogLevel;
import io.plutorun.agent.shutdown.NoExits;
import io.plutorun.fake.FakePluto;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A tracker and a server for it; a test changes the sample's settings before it enters a method for the first time. */
abstract class TrackerFixture {

    final FakePluto pluto = FakePluto.start();
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final Sample sample = new Sample();
    final TrackedMethods methods = new TrackedMethods();
    final Path directory;
    private @Nullable Tracker tracker;

    TrackerFixture(Path directory) {
        this.directory = directory;
        sample.environment.putAll(pluto.environment());
        sample.environment.put("PLUTO_DIR", directory.toString());
        sample.environment.put("PLUTO_SHUTDOWN_TIMEOUT", "1ms"); // the tracker has its shutdown hook
    }

    @AfterEach
    void close() {
        pluto.close();
    }

    /** The tracker, made when it is asked for first. */
    final synchronized Tracker tracker() {
        if (tracker == null) {
            Redactor redactor = new Redactor(sample.environment);
            tracker = TestWiring.tracker(
                    methods,
                    sample.settings(),
                    sample.jvm(),
                    redactor,
                    Console.over(out, redactor, LogLevel.INFO),
                    new NoExits());
        }
        return tracker;
    }

    /** The next call meets a new tracker, with the settings as they are then. */
    final synchronized void forgetTracker() {
        tracker = null;
    }

    final Object enter(Object... arguments) {
        return tracker().enter(methods.register(sample.method()), null, arguments);
    }

    final List<String> lines() {
        return out.toString(UTF_8).lines().toList();
    }
}
