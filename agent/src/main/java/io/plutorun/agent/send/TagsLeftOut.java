package io.plutorun.agent.send;

import java.util.List;

/**
 * A good answer to tags for which the run has no room: the server takes fifty.
 *
 * @param tags those that it does not bear
 */
public record TagsLeftOut(List<String> tags) {}
