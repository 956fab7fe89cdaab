/** A package whose name is as long as {@code java.lang}, for the stand-in of what stands there. */
@NullMarked
package stub.test;

import org.jspecify.annotations.NullMarked;
