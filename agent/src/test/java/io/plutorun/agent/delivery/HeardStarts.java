package io.plutorun.agent.delivery;

/** A listener for tests of other rooms. */
public final class HeardStarts extends HeardWords {}
