/**
 * Tests as stories: a program runs in a JVM of its own with the real agent jar, and the test looks at its exit code, its streams and
 * what the server saw. {@link io.plutorun.e2e.Program} starts the JVM, {@code FakePluto} is the server.
 */
@NullMarked
package io.plutorun.e2e;

import org.jspecify.annotations.NullMarked;
