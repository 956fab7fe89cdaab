package io.plutorun.agent.describe;

import java.util.List;
import java.util.function.Supplier;

/**
 * The collectors that are asked from the start on, in the order in which they are. One thread asks nearly all: more would take the processors
 * from the start of the first run, which waits for most of them anyway.
 *
 * @param ofSystem the server takes what they find out with a create only, so creates wait for them
 * @param slow the same of those that wait for another process. Each group has a thread of its own, on which one is asked after the other
 * @param fingerprint tells whether two runs executed the same: it stands in config, where the pages compare runs. Creates wait for it, too:
 *     without it every run would need a request more
 * @param last what may take long, as is known when the others have been asked. It is asked when a run has started, or more than one starts, so
 *     that it takes no processor from a start that is the only one; 10 s later in any case
 */
public record Collectors(
        List<Collector> ofSystem, List<List<Collector>> slow, Collector fingerprint, Supplier<List<Collector>> last) {}
