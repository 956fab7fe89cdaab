/**
 * What the user chose: one table of options, and each option's value together with the place that it came from.
 *
 * <p>Ground floor: knows {@code json} and nothing else of the agent. Nothing here prints; what could not be read is collected as
 * warnings for whoever tells them.
 */
@NullMarked
package io.plutorun.agent.settings;

import org.jspecify.annotations.NullMarked;
