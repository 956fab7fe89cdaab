/**
 * The files of a run: what the program, the settings or the agent itself name, from that moment until their bytes have arrived.
 *
 * <p>May call {@code ingest}, {@code send}, {@code journal}, {@code api}, {@code http}, {@code edge} and {@code host}. A file's way is a
 * {@link io.plutorun.agent.files.FileUpload}, for runs that go on and for those that {@code replay} delivers. No record of a run waits for it.
 */
@NullMarked
package io.plutorun.agent.files;

import org.jspecify.annotations.NullMarked;
