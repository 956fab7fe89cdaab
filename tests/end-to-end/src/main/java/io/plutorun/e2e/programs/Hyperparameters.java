package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tracked calls, each with an argument that would do harm if it was asked for anything: its code counts its calls, and then hangs. How many
 * there were is printed at the end.
 */
@SuppressWarnings({"JdkObsolete", "UnnecessaryLambda"}) // programs have such
public final class Hyperparameters {

    private static final AtomicInteger CALLS = new AtomicInteger();

    private Hyperparameters() {}

    /** Whoever calls the program waits for ever. */
    private static int called() {
        CALLS.incrementAndGet();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return 0;
    }

    /** What every object can be asked for. */
    static class Hostile {
        @Override
        public String toString() {
            return "" + called();
        }

        @Override
        public int hashCode() {
            return called();
        }

        @Override
        public boolean equals(Object other) {
            return called() == 0;
        }
    }

    /** As a training's settings are. */
    static final class Hyper extends Hostile {
        private final double lr = 0.1;
        private final int epochs = 5;
        private final Optimizer optimizer = new Optimizer("sgd", 0.9);
        private final String apiPassword = "in a field";
        private final List<Integer> layers = List.of(64, 32);
        private final Map<String, Object> more = new TreeMap<>(Map.of("seed", 7L));
        private final Runnable callback = () -> called();

        public double getLr() {
            return called() + lr + epochs + layers.size() + more.size();
        }

        @SuppressWarnings("unused") // read by the agent
        String unused() {
            return optimizer + apiPassword + callback;
        }
    }

    record Optimizer(String name, double momentum) {
        @Override
        public String name() {
            return "" + called();
        }

        @Override
        public double momentum() {
            return called();
        }
    }

    /** As an ORM's: what it holds it would load when it is asked. */
    static final class LazyBag extends AbstractList<String> {
        @Override
        public String get(int index) {
            return "" + called();
        }

        @Override
        public int size() {
            return called();
        }
    }

    /** Would compute what it holds. */
    static final class ComputingMap extends HashMap<String, Integer> {
        private static final long serialVersionUID = 1;

        @Override
        public int size() {
            return called();
        }

        @Override
        public java.util.Set<Entry<String, Integer>> entrySet() {
            throw new IllegalStateException("" + called());
        }
    }

    @PlutoRun(project = "hyper", name = "${arg.0}", captureArguments = true)
    static void train(String name, Object x) {}

    @PlutoRun(project = "hyper", name = "all", captureArguments = true)
    static void all(
            int epochs,
            double lr,
            TimeUnit unit,
            Optional<Duration> limit,
            LocalDate day,
            Path data,
            URI model,
            Class<?> loss,
            double[] betas,
            Hyper hyper,
            Map<String, Object> params) {}

    public static void main(String[] args) throws InterruptedException {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("eta", 0.3);
        params.put("max_depth", 6);
        params.put("objective", "binary:logistic");
        all(
                5,
                0.1,
                TimeUnit.SECONDS,
                Optional.of(Duration.ofMinutes(90)),
                LocalDate.of(2026, 12, 31),
                Path.of("data/train.csv"),
                URI.create("s3://bucket/model"),
                String.class,
                new double[] {0.9, 0.999},
                new Hyper(),
                params);
        Map<String, Object> itself = new HashMap<>();
        itself.put("itself", itself);
        train("map that holds itself", itself);
        List<Object> list = new ArrayList<>();
        list.add(list);
        train("list that holds itself", list);
        train("lazy collection", new LazyBag());
        train("view of a lazy collection", Collections.unmodifiableList(new LazyBag()));
        train("computing map", new ComputingMap());
        train("view of a computing map", Collections.synchronizedMap(new ComputingMap()));
        train("hostile object", new Hostile());
        train("hostile elements", new Object[] {new Hostile(), new Optimizer("adam", 0.5)});
        train(
                "proxy",
                Proxy.newProxyInstance(
                        Hyperparameters.class.getClassLoader(), new Class<?>[] {Map.class}, (p, m, a) -> called()));
        train(
                "views",
                Collections.unmodifiableList(Arrays.asList(1, Collections.synchronizedList(new Vector<>(list)))));
        train("ten million numbers", new int[10_000_000]);
        train("ten million objects", new ArrayList<>(Collections.nCopies(10_000_000, 1)));
        train("two billion", Collections.nCopies(Integer.MAX_VALUE, 1));
        Map<Integer, Integer> large = new ConcurrentHashMap<>();
        for (int i = 0; i < 1_000_000; i++) {
            large.put(i, i);
        }
        train("a million keys", large);
        locked(new Vector<>(List.of(1)));
        System.out.println("calls: " + CALLS);
    }

    /** Another thread holds the lock for as long as the call goes on. */
    private static void locked(Vector<Integer> vector) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Thread holder = new Thread(() -> {
            synchronized (vector) {
                held.countDown();
                try {
                    done.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        holder.start();
        held.await();
        train("locked", vector);
        done.countDown();
        holder.join();
    }
}
