/**
 * JSON as trees of {@code Map}, {@code List}, {@code String}, {@code Long}, {@code BigInteger}, {@code Double}, {@code Boolean} and null.
 *
 * <p>Ground floor: knows Jackson's streaming core and nothing of the agent. Binding to classes is not done here: the trees are small,
 * and what is in them is the business of those who read them.
 */
@NullMarked
package io.plutorun.agent.json;

import org.jspecify.annotations.NullMarked;
