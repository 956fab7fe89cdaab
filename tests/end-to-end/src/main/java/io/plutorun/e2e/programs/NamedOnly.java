package io.plutorun.e2e.programs;

import java.util.Arrays;

/** Has methods to be named in a setting, and knows nothing of Pluto. */
public class NamedOnly {

    NamedOnly() {}

    public static void main(String[] args) {
        NamedOnly trainer = new NamedOnly();
        System.out.println(trainer.fit(1) + trainer.fitAll(2));
        System.out.println(trainer.train("a"));
        System.out.println(trainer.train("b", 1, 2));
        System.out.println(new Heir().train("c"));
    }

    private int fit(int a) {
        return a;
    }

    private int fitAll(int a) {
        return a;
    }

    final String train(String a) {
        return a;
    }

    final String train(String a, int... b) {
        return a + Arrays.toString(b);
    }

    static final class Heir extends NamedOnly {}
}
