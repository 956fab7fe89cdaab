/**
 * What happened to a run, as a sequence of records, on disk and on its way to the server.
 *
 * <p>A run's records (start, tags, config, end) are appended to its {@link io.plutorun.agent.journal.RunJournal}: to a file first, then,
 * where there is a server to send them to, with a {@link io.plutorun.agent.journal.Courier}, in order, each until the server has
 * answered. What a process leaves behind a {@link io.plutorun.agent.journal.Replay} delivers later; both send by the same
 * {@link io.plutorun.agent.journal.RecordSender}. All that is appended passes the redactor.
 *
 * <p>Stands on {@code api}, {@code json} and {@code edge}. It decides when a call to the server is made again, and never what a verdict
 * is, but for that of a process that died without one. What became of a record it tells to a
 * {@link io.plutorun.agent.journal.DeliveryListener}, since only {@code run} knows what a person should be told.
 */
@NullMarked
package io.plutorun.agent.journal;

import org.jspecify.annotations.NullMarked;
