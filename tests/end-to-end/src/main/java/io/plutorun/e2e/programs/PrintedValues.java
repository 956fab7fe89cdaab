package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Prints values while it replaces {@code System.out}, and on several threads. */
public final class PrintedValues {

    /** How many values each thread prints. */
    public static final int VALUES = 1000;

    public static final int THREADS = 4;

    private PrintedValues() {}

    public static void main(String[] args) throws InterruptedException {
        System.out.println("before: loss=0");
        train();
        System.out.println("behind: loss=0");
    }

    @PlutoRun
    private static void train() throws InterruptedException {
        PrintStream first = System.out;
        first.println("the first stream: loss=1");
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.out.println("a new one, für UTF-8: loss=2");
        first.println("the first one is still used: loss=3");
        System.setOut(new PrintStream(new PassingOn(first), true, StandardCharsets.UTF_8));
        System.out.println("one above the first: loss=4");
        System.setOut(first);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            threads.add(new Thread(() -> print(thread)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** The parts of a line may have those of others between them. */
    private static void print(int thread) {
        for (int i = 0; i < VALUES; i++) {
            System.out.print("thread " + thread + " step " + (thread * VALUES + i));
            System.out.println(" value " + i);
        }
    }

    /** Hands on what it is given, as a logging stream does. */
    private static final class PassingOn extends OutputStream {

        private final OutputStream out;

        PassingOn(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws java.io.IOException {
            out.write(b);
        }
    }
}
