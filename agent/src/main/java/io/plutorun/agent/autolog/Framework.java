package io.plutorun.agent.autolog;

/**
 * A framework that is recorded. Its room is loaded when the program loads one of its classes.
 *
 * @param name the framework as {@code PLUTO_AUTOLOG} names it, and as config and values begin: {@code xgboost}
 * @param packages how the internal names of all classes begin that have hooks: {@code ml/dmlc/xgboost4j/java/}
 */
public record Framework(String name, String packages) {}
