package io.plutorun.e2e.programs;

import io.plutorun.Nesting;
import io.plutorun.Pluto;
import io.plutorun.PlutoRun;

/** Tracked calls in tracked calls. */
public final class Nested {

    private Nested() {}

    public static void main(String[] args) {
        outer();
        System.out.println("after " + Pluto.current().isActive());
    }

    @PlutoRun(project = "nested", name = "outer")
    static void outer() {
        System.out.println("outer " + id());
        joins();
        System.out.println("outer " + id());
        opens();
        System.out.println("outer " + id());
        try {
            fails();
        } catch (IllegalStateException e) {
            System.out.println("outer " + id());
        }
    }

    @PlutoRun(project = "nested", name = "joins")
    static void joins() {
        System.out.println("joins " + id());
    }

    @PlutoRun(project = "nested", name = "opens", nesting = Nesting.NEW)
    static void opens() {
        System.out.println("opens " + id());
        joins();
    }

    @PlutoRun(project = "nested", name = "fails", nesting = Nesting.NEW)
    static void fails() {
        throw new IllegalStateException("of the inner run alone");
    }

    private static String id() {
        return Pluto.current().displayId().orElse("none");
    }
}
