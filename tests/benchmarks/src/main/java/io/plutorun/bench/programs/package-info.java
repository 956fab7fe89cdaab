/** The programs that are measured, each in a JVM of its own, and the agents that ours is compared with. */
@NullMarked
package io.plutorun.bench.programs;

import org.jspecify.annotations.NullMarked;
