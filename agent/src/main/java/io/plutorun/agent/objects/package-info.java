/**
 * Looks into objects of the program: fields are read, and no getter and no {@code toString} of the program's own is called. Of a framework's
 * objects, public methods that are named one by one are.
 *
 * <p>May call nobody. Holds no class and no object of the program beyond the call, but what is kept with a class itself.
 */
@NullMarked
package io.plutorun.agent.objects;

import org.jspecify.annotations.NullMarked;
