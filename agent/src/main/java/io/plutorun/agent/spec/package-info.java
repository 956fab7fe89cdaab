/**
 * What a call asks of the server: annotation, settings and arguments put together, each value with its source.
 *
 * <p>May call {@code identity}, {@code call}, {@code objects}, {@code journal} (for the records), {@code api}, {@code settings}, {@code edge}, {@code host}
 * and {@code json}. Nothing is sent or written here.
 */
@NullMarked
package io.plutorun.agent.spec;

import org.jspecify.annotations.NullMarked;
