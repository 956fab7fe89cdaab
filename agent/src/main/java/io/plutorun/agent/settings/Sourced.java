package io.plutorun.agent.settings;

/**
 * A value, and where it came from.
 *
 * @param value the value
 * @param source the place
 * @param <T> what the value is
 */
public record Sourced<T>(T value, Source source) {}
