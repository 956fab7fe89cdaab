/**
 * From what a program is made: its code's version, its libraries, and a fingerprint of both.
 *
 * <p>May call {@code describe}, {@code edge}, {@code host}, {@code host.commands}, {@code host.linux} and {@code json}. Runs on the agent's threads alone; files are read, and nothing of
 * the program is called.
 */
@NullMarked
package io.plutorun.agent.describe.program;

import org.jspecify.annotations.NullMarked;
