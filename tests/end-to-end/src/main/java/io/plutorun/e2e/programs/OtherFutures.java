package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** A tracked call that returns what is not done yet, and can't be followed: by the name of its kind. */
public final class OtherFutures {

    private OtherFutures() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "plain" -> {
                FutureTask<String> task = new FutureTask<>(() -> "done");
                Future<String> first = Plain.train(task);
                Future<String> second = Plain.train(task);
                System.out.println(first == task && second == task);
                task.run();
                System.out.println(task.get());
            }
            case "reactor" -> System.out.println(Reactor.train().block());
            case "scala" -> System.out.println(Scala.train().get());
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static final class Plain {
        @PlutoRun(project = "endings")
        static Future<String> train(Future<String> made) {
            return made;
        }
    }

    private static final class Reactor {
        @PlutoRun(project = "endings")
        static reactor.core.publisher.Mono<String> train() {
            return () -> "done";
        }
    }

    private static final class Scala {
        @PlutoRun(project = "endings")
        static scala.concurrent.Future<String> train() {
            return () -> "done";
        }
    }
}
