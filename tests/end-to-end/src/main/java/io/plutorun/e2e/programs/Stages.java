package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A tracked call that returns what is not done yet: by the name of what becomes of it. */
public final class Stages {

    private Stages() {}

    public static void main(String[] args) throws Exception {
        CompletableFuture<String> made = new CompletableFuture<>();
        switch (args[0]) {
            case "completes" -> {
                CompletionStage<String> returned = stage(made);
                waits(returned == made);
                inAnotherThread(() -> System.out.println(made.complete("done")));
                System.out.println(made.join());
            }
            case "fails" -> {
                CompletableFuture<String> returned = future(made);
                waits(returned == made);
                inAnotherThread(
                        () -> System.out.println(made.completeExceptionally(new IllegalStateException("diverged"))));
                tell(made);
            }
            case "fails-in-a-step" -> {
                CompletableFuture<String> step = made.thenApply(text -> {
                    throw new IllegalStateException("diverged");
                });
                CompletableFuture<String> returned = future(step);
                waits(returned == step);
                made.complete("input");
                tell(step);
            }
            case "cancelled" -> {
                CompletableFuture<String> returned = future(made);
                waits(returned == made);
                System.out.println(made.cancel(true));
                tell(made);
            }
            case "completed-before" -> {
                made.complete("done");
                CompletableFuture<String> returned = future(made);
                System.out.println(returned == made);
            }
            case "failed-before" -> {
                made.completeExceptionally(new IllegalStateException("diverged"));
                CompletableFuture<String> returned = future(made);
                System.out.println(returned == made);
                tell(made);
            }
            case "throws" -> {
                try {
                    System.out.println(throwing());
                } catch (IllegalStateException e) {
                    System.out.println(e.getMessage());
                }
            }
            case "null" -> System.out.println(future(null));
            case "never" -> {
                CompletableFuture<String> returned = future(made);
                waits(returned == made);
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println("ends");
    }

    /** The method has returned; what becomes of the stage is decided when the test says so. */
    private static void waits(boolean same) {
        System.out.println(same);
        Signs.there();
        Signs.awaitGoOn();
    }

    private static void inAnotherThread(Runnable action) throws InterruptedException {
        Thread thread = new Thread(action);
        thread.start();
        thread.join();
    }

    private static void tell(CompletableFuture<String> stage) {
        try {
            System.out.println(stage.join());
        } catch (CompletionException e) {
            System.out.println(e.getCause());
        } catch (java.util.concurrent.CancellationException e) {
            System.out.println("cancelled");
        }
    }

    @PlutoRun(project = "endings")
    private static CompletionStage<String> stage(CompletableFuture<String> made) {
        return made;
    }

    @PlutoRun(project = "endings")
    private static CompletableFuture<String> future(CompletableFuture<String> made) {
        return made;
    }

    @PlutoRun(project = "endings")
    private static CompletableFuture<String> throwing() {
        throw new IllegalStateException("before any stage");
    }
}
