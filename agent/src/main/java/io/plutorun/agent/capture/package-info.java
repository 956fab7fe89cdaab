/**
 * What the program prints and logs while runs are open: lines of {@code System.out} and {@code System.err}, and the records of {@code
 * java.util.logging}, Logback, Log4j 2 and Log4j 1, in whatever loader they are.
 *
 * <p>By hooks: no stream, handler, or appender of the program's is replaced or added, so what it prints stays as it is, byte for byte. A
 * thread of the program copies what it prints, and hands it on; it waits for nobody. May call {@code hook}, {@code objects} and {@code current}.
 */
@NullMarked
package io.plutorun.agent.capture;

import org.jspecify.annotations.NullMarked;
