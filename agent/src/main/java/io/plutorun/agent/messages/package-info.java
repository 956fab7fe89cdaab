/**
 * What a person is told of a run: what happened, from which source, and what to do. One line each; this is the one place where the server's
 * answers become words.
 *
 * <p>May call {@code spec}, {@code delivery} and the rooms below them. Decides nothing about a run.
 */
@NullMarked
package io.plutorun.agent.messages;

import org.jspecify.annotations.NullMarked;
