package io.plutorun.agent.describe;

import java.util.List;

/**
 * The collectors that are asked from the start on, in the order in which they are. One thread asks nearly all: more would take the processors
 * from the start of the first run, which waits for most of them anyway.
 *
 * @param ofSystem the server takes what they find out with a create only, so creates wait for them
 * @param slow the same of those that wait for another process. Each group has a thread of its own, on which one is asked after the other
 * @param fingerprint tells whether two runs executed the same: it stands in config, where the pages compare runs. Creates wait for it, too:
 *     without it every run would need a request more
 * @param last what may take long. It is asked when the first run has started, or a second one starts, so that it takes no processor from a
 *     start that is the only one
 */
public record Collectors(
        List<Collector> ofSystem, List<List<Collector>> slow, Collector fingerprint, List<Collector> last) {}
