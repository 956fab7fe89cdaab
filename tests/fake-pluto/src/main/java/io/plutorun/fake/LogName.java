package io.plutorun.fake;

/** A name registered for a run by {@code logName/add}; the first type given to a name stays. */
public record LogName(String name, String type, String group) {}
