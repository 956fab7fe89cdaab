package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Prints lines of all shapes, and replaces {@code System.out} in the middle. */
public final class PrintedShapes {

    private PrintedShapes() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        System.out.println("before the run");
        train();
        System.out.println("behind the run");
    }

    @PlutoRun
    private static void train() throws IOException, InterruptedException {
        PrintStream first = System.out;
        first.println("one");
        first.println();
        System.err.println("an error");
        for (int percent = 0; percent <= 100; percent += 10) {
            first.print("\rtraining " + percent + "%");
        }
        first.println();
        first.print("line ends\r\nof Windows\r\n\r\n");
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.out.println("a new stream, für UTF-8");
        first.println("the old one is still used");
        System.setOut(first);
        first.println("x".repeat(1 << 20));
        first.write(new byte[] {'n', 'u', 'l', 0, ' ', (byte) 0xff, (byte) 0xfe, '\n'});
        first.println("\u001b[32mgreen\u001b[0m");
        first.println(
                "password=theSecretOfALine and " + System.getenv("DB_PASSWORD") + " " + System.getenv("PLUTO_API_KEY"));
        first.println(
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\ncGxhbnRlZA==\n-----END RSA PRIVATE KEY-----");
        Thread other = new Thread(() -> first.print("another thread..."));
        other.start();
        other.join();
        first.print("without an end");
    }
}
