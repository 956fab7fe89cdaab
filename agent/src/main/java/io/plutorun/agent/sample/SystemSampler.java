package io.plutorun.agent.sample;

import io.plutorun.agent.edge.Console;
import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.host.BoundedWait;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.host.linux.SystemFiles;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Options.SystemMetrics;
import io.plutorun.agent.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the system every few seconds while runs are open, and hands what it finds to each of them. Its one thread lives while there are
 * runs; no management bean is loaded, and no file is read, before the first look.
 *
 * <p>The object's lock is held while the set of runs is looked at, never during a look.
 */
public final class SystemSampler {

    /** Hears what was found. */
    public interface Run {

        /**
         * Takes what one look has found; must not block.
         *
         * @param values by their names, without the section {@code sys/}
         */
        void sampled(Map<String, Double> values);
    }

    /** Names the sources at the first look, so that nothing of them is loaded before. */
    interface Sources {

        /** One maker for each: where a JVM lacks what one of them needs, the others are made. */
        List<Supplier<Source>> all();
    }

    /** Null where there shall be no looks. */
    private final @Nullable Sources sources;

    private final Duration interval;
    private final Console console;
    private final AgentThreads threads = new AgentThreads("system-metrics");

    // Guarded by the lock.
    private final Set<Run> runs = new LinkedHashSet<>();
    private boolean isAlive;

    SystemSampler(@Nullable Sources sources, Duration interval, Console console) {
        this.sources = sources;
        this.interval = interval;
        this.console = console;
    }

    /** A sampler of this machine, as the settings ask for it. */
    public static SystemSampler of(Settings settings, JvmEnvironment jvm, Console console) {
        SystemMetrics what = settings.get(Options.SYSTEM_METRICS);
        Duration interval = settings.get(Options.SYSTEM_METRICS_INTERVAL);
        return new SystemSampler(
                what == SystemMetrics.FALSE ? null : () -> sources(what, interval, jvm), interval, console);
    }

    private static List<Supplier<Source>> sources(SystemMetrics what, Duration interval, JvmEnvironment jvm) {
        SystemFiles files = SystemFiles.ofThisMachine();
        return List.of(
                JvmSource::new,
                () -> new MachineSource(files, what == SystemMetrics.CORES),
                () -> new CgroupSource(files),
                () -> new GpuSource(jvm.variable("PATH"), interval));
    }

    /** From now on the run gets what is found. */
    public synchronized void add(Run run) {
        runs.add(run);
        if (!isAlive && sources != null) {
            try {
                threads.newThread(AgentThreads.loop(new Looks())).start();
                isAlive = true;
            } catch (OutOfMemoryError e) {
                return; // no further thread is allowed; the next run tries again
            }
        }
    }

    /** The run has ended. */
    public synchronized void remove(Run run) {
        runs.remove(run);
        if (runs.isEmpty()) {
            notifyAll();
        }
    }

    /** The looks of one thread, one after the other. */
    private final class Looks implements BooleanSupplier {

        private final List<Source> opened = new ArrayList<>();
        private long last;
        private boolean isOver;

        @Override
        public boolean getAsBoolean() {
            isOver = isOver || !awaitNextLook();
            if (isOver) {
                opened.forEach(source -> guarded(source::close));
                return false;
            }
            if (opened.isEmpty() && last == 0 && sources != null) {
                sources.all().forEach(maker -> guarded(() -> opened.add(maker.get())));
            }
            long now = System.nanoTime();
            Sample sample = new Sample(last == 0 ? 0 : (now - last) / 1e9);
            last = now;
            opened.removeIf(source -> !guarded(() -> source.look(sample)));
            for (Run run : runs()) {
                guarded(() -> run.sampled(sample.values()));
            }
            return true;
        }
    }

    /** Waits for the time of the next look; false when no run is left. */
    private synchronized boolean awaitNextLook() {
        boolean unused = Thread.interrupted(); // else it would not wait any more; nobody has a reason to interrupt it
        BoundedWait.whileHolds(this, System.nanoTime() + interval.toNanos(), () -> !runs.isEmpty());
        isAlive = !runs.isEmpty();
        return isAlive;
    }

    private synchronized List<Run> runs() {
        return List.copyOf(runs);
    }

    /**
     * A JVM may lack the management beans, a source may meet what nobody thought of: the others go on. Whether all went well, or there was no
     * memory for it now.
     */
    private boolean guarded(Runnable action) {
        try {
            action.run();
            return true;
        } catch (VirtualMachineError e) {
            return true;
        } catch (RuntimeException | Error e) {
            console.debug("system metrics: " + e);
            return false;
        }
    }
}
