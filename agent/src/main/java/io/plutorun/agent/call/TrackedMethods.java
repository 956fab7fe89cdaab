package io.plutorun.agent.call;

/** The numbers of tracked methods. */
public final class TrackedMethods extends NumberedMethods<TrackedMethod> {}
