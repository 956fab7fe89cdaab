package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;

/** Has secrets among its arguments, its config, and in the exception that ends it. */
public final class Secretive {

    private Secretive() {}

    public static void main(String[] args) {
        train(args[args.length - 1], args, 5);
    }

    @PlutoRun(project = "secrets", captureArguments = true, config = "loader.db_password=fromTheAnnotation")
    static void train(String input, String[] options, int maxTokens) {
        if (options.length > maxTokens - 1) {
            throw new IllegalStateException("no access with password=inTheMessage to " + input);
        }
    }
}
