/**
 * The first steps of the agent in a JVM, and all of it that an idle JVM ever loads: entry points, the test of the JVM's version, the
 * filter that looks for tracked classes, and the loader of the engine.
 *
 * <p>These are the only classes at the root of the jar, hence the only ones on the program's class path. They may call the JDK alone;
 * the engine is reached by name through {@link io.plutorun.agent.launch.EngineLoader}. They are Java 8 class files, so that an old JVM
 * can be told that it is too old. Lambdas and regular expressions are never used here: an idle JVM would pay for them.
 */
package io.plutorun.agent.launch;
