/** Small programs, each for some of the tests; they know the annotations and the JDK, and nothing of the tests. */
package io.plutorun.e2e.programs;
