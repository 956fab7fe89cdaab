/**
 * The edge of the agent: everything that is sent, written or printed passes the {@link io.plutorun.agent.edge.Redactor}, and everything
 * that a person is told passes the {@link io.plutorun.agent.edge.Console}.
 *
 * <p>The redactor puts together what tells a secret: the shapes of makers' tokens, logins in headers and URLs, the names that values go
 * under, and the values of secret environment variables. No thread waits for the console's lines: a thread of its own writes them.
 *
 * <p>Knows {@code json} and the log levels of {@code settings}, nothing else. Nothing here ever writes to stdout.
 */
@NullMarked
package io.plutorun.agent.edge;

import org.jspecify.annotations.NullMarked;
