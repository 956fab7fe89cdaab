/**
 * The edge of the agent: everything that is sent, written or printed passes the {@link io.plutorun.agent.edge.Redactor}, and everything
 * that a person is told passes the {@link io.plutorun.agent.edge.Console}.
 *
 * <p>Knows {@code json} and the log levels of {@code settings}, nothing else. Nothing here ever writes to stdout.
 */
@NullMarked
package io.plutorun.agent.edge;

import org.jspecify.annotations.NullMarked;
