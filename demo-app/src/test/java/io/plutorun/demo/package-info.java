/**
 * Shows the program at work under the agent, for {@code mvn -Pdemo}. Lives among the tests, so that nothing of it comes with the
 * program, which knows neither the agent nor any server; it meets the program and the agent only as files of a forked JVM.
 */
package io.plutorun.demo;
