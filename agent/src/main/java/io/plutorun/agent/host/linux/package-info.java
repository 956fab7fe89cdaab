/**
 * The files in which Linux tells what it knows of the machine, the process and its control group. On other systems everything is empty.
 *
 * <p>Calls the JDK alone.
 */
@NullMarked
package io.plutorun.agent.host.linux;

import org.jspecify.annotations.NullMarked;
