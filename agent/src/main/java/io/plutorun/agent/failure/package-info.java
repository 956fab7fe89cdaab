/**
 * How a run failed: what the JVM's threads did at that moment, and what the kernel says of memory, beside what the verdict itself tells.
 *
 * <p>May call {@code files}, {@code journal}, {@code host} and {@code host.linux}. Nothing here is waited for longer than a moment, and nothing of it can fail a run.
 */
@NullMarked
package io.plutorun.agent.failure;

import org.jspecify.annotations.NullMarked;
