package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.io.IOException;
import java.time.Duration;

/** A hundred tracked calls, one after the other, and whether they took longer than a bound; where it is told to stay, it lives on. */
public final class HundredCalls {

    private HundredCalls() {}

    public static void main(String[] args) throws IOException {
        long start = System.nanoTime();
        int sum = 0;
        for (int i = 0; i < 100; i++) {
            sum += call(i);
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        System.out.println(
                sum + (taken.compareTo(Duration.parse(args[0])) <= 0 ? ", in time" : ", too late: " + taken));
        boolean stays = args.length > 1 && args[1].equals("stay");
        while (stays && System.in.read() >= 0) {
            // nothing is said there
        }
    }

    @PlutoRun(project = "work")
    static int call(int i) {
        return i;
    }
}
