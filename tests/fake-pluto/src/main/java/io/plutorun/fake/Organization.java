package io.plutorun.fake;

/** A tenant. Its slug doubles as its id. */
record Organization(String slug, String userId, boolean overLimit, boolean subscribed) {}
