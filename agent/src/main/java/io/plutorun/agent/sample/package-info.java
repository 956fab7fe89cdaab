/**
 * System metrics: what the JVM, its control group, the machine and its GPUs do while runs are open. One thread looks at all of it every few
 * seconds, for all open runs together.
 *
 * <p>May call {@code edge}, {@code host} and {@code settings}. Nothing here fails: what a system does not tell is left out.
 */
@NullMarked
package io.plutorun.agent.sample;

import org.jspecify.annotations.NullMarked;
