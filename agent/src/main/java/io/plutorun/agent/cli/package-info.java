/**
 * The command line, {@code java -jar pluto-agent.jar}: a door for people beside the one for programs.
 *
 * <p>Called by {@code launch}, reflectively. The only room that may print to stdout: here the agent is the program.
 */
@NullMarked
package io.plutorun.agent.cli;

import org.jspecify.annotations.NullMarked;
