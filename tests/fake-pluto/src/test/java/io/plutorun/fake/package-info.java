/** Whether the fake keeps to what was recorded of the real server, and whether it is fit to be tested against. */
@org.jspecify.annotations.NullMarked
package io.plutorun.fake;
