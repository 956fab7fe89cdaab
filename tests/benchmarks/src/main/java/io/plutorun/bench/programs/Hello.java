package io.plutorun.bench.programs;

/** The smallest program. */
public final class Hello {

    private Hello() {}

    public static void main(String[] args) {
        System.out.println("hello");
    }
}
