/**
 * What a run logs that is no number: string series, tables and histograms.
 *
 * <p>They are rare beside values, so they take a plain way: the program's thread renders one to text, a queue hands it to the metrics
 * thread, which appends it to a file, with a number that no other record of this process bears. The server does not drop doubles of
 * these kinds; the numbers let the sender tell what has been sent already.
 *
 * <p>Calls {@code metrics.disk} and {@code metrics.report}. Nothing here decides what is sent, or when.
 */
@NullMarked
package io.plutorun.agent.metrics.data;

import org.jspecify.annotations.NullMarked;
