package io.plutorun.bench.programs;

import io.plutorun.PlutoRun;

/** Loads a tracked class, has other things to do for 600 ms, and tells how many milliseconds then pass until its tracked method begins. */
public final class LoadedBefore {

    private static final long OTHER_THINGS_MILLIS = 600;

    private LoadedBefore() {}

    public static void main(String[] args) throws ReflectiveOperationException, InterruptedException {
        Class.forName(LoadedBefore.class.getName() + "$Training");
        Thread.sleep(OTHER_THINGS_MILLIS);
        long before = System.nanoTime();
        System.out.println((Training.train() - before) / 1e6);
    }

    static final class Training {

        private Training() {}

        @PlutoRun(project = "bench")
        static long train() {
            return System.nanoTime();
        }
    }
}
