package io.plutorun.agent.autolog;

import io.plutorun.agent.hook.Hook;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A framework that is recorded. What is behind it is loaded when the program loads one of its classes.
 *
 * @param name the framework as {@code PLUTO_AUTOLOG} names it, and as config and values begin: {@code xgboost}
 * @param classNames the internal names of the classes that have hooks: {@code ml/dmlc/xgboost4j/java/Booster}
 * @param hooks makes the hooks
 */
public record Framework(String name, Set<String> classNames, Function<Recorder, List<Hook>> hooks) {}
