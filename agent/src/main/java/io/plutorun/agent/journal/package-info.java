/**
 * What happened to a run, as a sequence of records, and their delivery.
 *
 * <p>A run's records (start, tags, config, end) are appended to its {@link io.plutorun.agent.journal.RunJournal} first and delivered
 * from there, in order, each until the server has answered. There is one path for it, whether the server is there or not. All that is
 * appended passes the redactor.
 *
 * <p>Stands on {@code api} and {@code edge}. It decides when a call to the server is made again, and never what a verdict is; what
 * became of a record it tells to a {@link io.plutorun.agent.journal.DeliveryListener}, since only {@code run} knows what a person should
 * be told.
 */
@NullMarked
package io.plutorun.agent.journal;

import org.jspecify.annotations.NullMarked;
