/**
 * Brings what a run logged, values as well as texts, tables and histograms, from its files to the ingest service: of a run that is going on and of
 * one that a process has left behind. Names are registered, batches are sent one after the other, and what has arrived is marked.
 *
 * <p>May call {@code metrics}, {@code api} and {@code http}. Who calls it decides when the next batch is sent, and how long to wait after
 * a failure.
 */
@NullMarked
package io.plutorun.agent.ingest;

import org.jspecify.annotations.NullMarked;
