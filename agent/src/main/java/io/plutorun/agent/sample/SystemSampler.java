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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** The looks of one thread, one after the other. One for which there was no memory is left where it was; the next one goes on from there. */
    private final class Looks implements BooleanSupplier {

        private @Nullable Deque<Supplier<Source>> unopened;
        private final Deque<Source> opened = new ArrayDeque<>();

        /** When the look before was; 0 where there is none whose figures are whole, so that no rate is taken from them. */
        private long last;

        private boolean isOver;

        @Override
        public boolean getAsBoolean() {
            isOver = isOver || !awaitNextLook();
            if (isOver) {
                close();
                return false;
            }
            open();
            look();
            return true;
        }

        private void open() {
            if (unopened == null) {
                unopened = new ArrayDeque<>(Objects.requireNonNull(sources).all());
            }
            for (Supplier<Source> next = unopened.peek(); next != null; next = unopened.peek()) {
                Supplier<Source> maker = next;
                guarded(() -> opened.add(maker.get()));
                unopened.remove();
            }
        }

        private void look() {
            long now = System.nanoTime();
            Sample sample = new Sample(last == 0 ? 0 : (now - last) / 1e9);
            last = 0;
            opened.removeIf(source -> !guarded(() -> source.look(sample)));
            for (Run run : runs()) {
                handOver(sample, run);
            }
            last = now;
        }

        private void close() {
            for (Source next = opened.poll(); next != null; next = opened.poll()) {
                guarded(next::close);
            }
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
     * A JVM may lack the management beans, a source may meet what nobody thought of: the others go on.
     *
     * @return whether all went well
     * @throws OutOfMemoryError where there is no memory for it now
     */
    private boolean guarded(Runnable action) {
        try {
            action.run();
            return true;
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            failed(e);
            return false;
        }
    }

    /** What one run can't take, the others get. */
    private void handOver(Sample sample, Run run) {
        try {
            run.sampled(sample.values());
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void failed(Throwable why) {
        console.debug("system metrics: " + why);
    }
}
