/**
 * What happened to a run, as a sequence of records, on disk.
 *
 * <p>A run's records (start, tags, config, end) are appended to its {@link io.plutorun.agent.journal.RunJournal}: to a file first, then to
 * a {@link io.plutorun.agent.journal.RunJournal.Receiver}, where there is one. Files are touched on one thread of this room's own. All that is appended passes the redactor.
 *
 * <p>May call {@code api} (for its values), {@code edge}, {@code host} and {@code json}. It never sends anything, and does not know who does.
 */
@NullMarked
package io.plutorun.agent.journal;

import org.jspecify.annotations.NullMarked;
