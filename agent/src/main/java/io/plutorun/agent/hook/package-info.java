/**
 * Which methods of the program and its frameworks the agent hears of, and who hears of them.
 *
 * <p>Listeners live in rooms above this one, hooks are woven by {@code weave}; both meet here, so that neither calls the other. May call
 * {@code call}. Calls nothing of the program, and holds nothing of it beyond a call: no class, no object, no argument.
 */
@NullMarked
package io.plutorun.agent.hook;

import org.jspecify.annotations.NullMarked;
