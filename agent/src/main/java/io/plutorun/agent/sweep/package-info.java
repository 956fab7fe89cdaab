/**
 * Runs that differ in what their method was given: a search over hyperparameters, which the pages draw as one.
 *
 * <p>May call {@code current}, {@code spec}, {@code journal}, {@code call}, {@code api}, {@code edge}, {@code host} and {@code json}. Nothing here waits, and
 * no lock is held while a record is added to a journal.
 */
@NullMarked
package io.plutorun.agent.sweep;

import org.jspecify.annotations.NullMarked;
