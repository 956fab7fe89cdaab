/**
 * Reads objects of the program without calling any of its code: fields are read, getters and {@code toString} are not.
 *
 * <p>May call nobody. Holds no class and no object of the program beyond the call, but by weak keys.
 */
@NullMarked
package io.plutorun.agent.fields;

import org.jspecify.annotations.NullMarked;
