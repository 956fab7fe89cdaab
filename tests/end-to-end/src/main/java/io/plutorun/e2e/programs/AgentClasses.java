package io.plutorun.e2e.programs;

import io.plutorun.PlutoRun;

/** Looks, while it is tracked, for classes that the agent has brought. */
public final class AgentClasses {

    private AgentClasses() {}

    public static void main(String[] args) {
        train(args);
    }

    @PlutoRun
    static void train(String[] names) {
        ClassLoader own = ClassLoader.getSystemClassLoader();
        for (String name : names) {
            String file = name.replace('.', '/') + ".class";
            System.out.println(name + ": " + isFound(name, own) + " " + isFound(name, own.getParent()) + " "
                    + isFound(name, null) + " " + ClassLoader.getSystemResource(file));
        }
    }

    private static boolean isFound(String name, ClassLoader loader) {
        try {
            Class.forName(name, false, loader);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
