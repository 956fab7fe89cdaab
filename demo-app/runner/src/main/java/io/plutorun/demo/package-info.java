/**
 * Runs the demo program with the agent, for {@code mvn -q -Pdemo}. The program itself knows neither the agent nor any server: it and
 * the agent are only started here, as jar files in a JVM of their own.
 */
@NullMarked
package io.plutorun.demo;

import org.jspecify.annotations.NullMarked;
