package io.plutorun.agent.autolog;

import org.jspecify.annotations.Nullable;

/**
 * A framework that is recorded. Its room is loaded when the program loads one of its classes.
 *
 * @param name the framework as {@code PLUTO_AUTOLOG} names it, and as config and values begin: {@code xgboost}
 * @param packages how the internal names of the classes begin that train, and have hooks: {@code ml/dmlc/xgboost4j/java/}
 * @param otherPackages how those of other classes begin that have hooks; null for none
 */
public record Framework(
        String name, String packages, @Nullable String otherPackages) {

    /** One whose classes that have hooks are those that train. */
    public Framework(String name, String packages) {
        this(name, packages, null);
    }

    boolean has(String className) {
        return className.startsWith(packages) || (otherPackages != null && className.startsWith(otherPackages));
    }
}
