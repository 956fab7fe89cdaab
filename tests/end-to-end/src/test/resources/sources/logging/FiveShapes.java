package logging;

import java.io.PrintStream;
import java.util.Locale;
import java.util.logging.Level;
import org.slf4j.LoggerFactory;

/** Prints 10,000 lines of five shapes, each shape on five ways. */
public final class FiveShapes {

    private static final int LINES = 10_000;

    private static final java.util.logging.Logger JUL = java.util.logging.Logger.getLogger("jul");
    private static final org.slf4j.Logger LOGBACK = LoggerFactory.getLogger("logback");
    private static final org.apache.logging.log4j.Logger LOG4J_2 =
            org.apache.logging.log4j.LogManager.getLogger("log4j2");
    private static final org.apache.log4j.Logger LOG4J_1 = org.apache.log4j.Logger.getLogger("log4j1");

    private FiveShapes() {}

    public static void main(String[] args) {
        PrintStream first = System.out;
        train();
        System.out.println(FiveShapes.class.getClassLoader().getClass().getSimpleName() + " "
                + first.getClass().getSimpleName() + " " + (first == System.out));
    }

    private static void train() {
        for (int i = 0; i < LINES; i++) {
            line(i / 5 % 5, text(i));
            if (i % 1000 == 0) {
                System.out.println("a".repeat(40) + "c");
            }
        }
        System.out.print("the last line has no end: epoch 10000 loss=0.5");
    }

    private static String text(int i) {
        double value = i / 8.0;
        return switch (i % 5) {
            case 0 -> "epoch " + i + " loss=" + value;
            case 1 -> "[" + i + "/10000] acc: " + value + "%";
            case 2 -> "lr=" + value + ", at step=" + i;
            case 3 -> "| " + i + " | " + value + " |";
            default -> String.format(Locale.ROOT, "\u001b[32mgrad norm %,.3f\u001b[0m at %d", value, i);
        };
    }

    private static void line(int way, String text) {
        switch (way) {
            case 0 -> print(text);
            case 1 -> JUL.log(Level.INFO, "{0}", text);
            case 2 -> LOGBACK.info("{}", text);
            case 3 -> LOG4J_2.info("{}", text);
            default -> LOG4J_1.info(text);
        }
    }

    /** As programs do: at once, in parts, formatted, as bytes, to the one stream or the other. */
    private static void print(String text) {
        switch (text.length() % 5) {
            case 0 -> System.out.println(text);
            case 1 -> System.err.println(text);
            case 2 -> System.out.printf("%s%s%n", text.substring(0, 3), text.substring(3));
            case 3 -> {
                System.out.print(text.substring(0, 5));
                System.out.print(text.substring(5).toCharArray());
                System.out.println();
            }
            default -> System.out.writeBytes((text + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
    }
}
