/**
 * Which run a call means: the ids that are named, the scheduler's, the one that waits in a state file, and the process's rank.
 *
 * <p>May call {@code call}, {@code journal} (for the folder and the records), {@code settings}, {@code host} and {@code json}. An id is
 * never changed into another one here, and the network is never used.
 */
@NullMarked
package io.plutorun.agent.identity;

import org.jspecify.annotations.NullMarked;
