/** Programs of the machine that the agent executes, such as {@code nvidia-smi}. May call the JDK alone. */
@NullMarked
package io.plutorun.agent.host.commands;

import org.jspecify.annotations.NullMarked;
