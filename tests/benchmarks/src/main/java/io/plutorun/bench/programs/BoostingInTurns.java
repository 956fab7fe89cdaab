package io.plutorun.bench.programs;

import com.sun.management.OperatingSystemMXBean;
import io.plutorun.PlutoRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Trains on as many rows as its argument says, as many rounds as a line of stdin says, and tells what CPU they took: that of the thread which trains, and that of the whole
 * process, in nanoseconds. Ends with stdin.
 */
public final class BoostingInTurns {

    private BoostingInTurns() {}

    public static void main(String[] args) throws IOException, XGBoostError {
        train(Integer.parseInt(args[0]));
    }

    @PlutoRun(project = "bench")
    static void train(int rows) throws IOException, XGBoostError {
        Boosting boosting = new Boosting(rows);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        BufferedReader turns = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String turn = turns.readLine(); turn != null; turn = turns.readLine()) {
            long process = system.getProcessCpuTime();
            long thread = threads.getCurrentThreadCpuTime();
            boosting.rounds(Integer.parseInt(turn));
            thread = threads.getCurrentThreadCpuTime() - thread;
            process = system.getProcessCpuTime() - process;
            System.out.println(thread + " " + process);
        }
    }
}
