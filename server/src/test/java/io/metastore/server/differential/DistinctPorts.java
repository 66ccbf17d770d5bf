package io.metastore.server.differential;

import io.metastore.server.process.FreePorts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Free ports, each given once: servers that start at the same time must not be given one that another was given and
/// has not yet opened.
final class DistinctPorts {
    private final Set<Integer> given = new HashSet<>();

    /// Two ports that are free and were never given before.
    synchronized List<Integer> takeTwo() {
        while (true) {
            var ports = FreePorts.take(2);
            if (ports.stream().noneMatch(given::contains)) {
                given.addAll(ports);
                return ports;
            }
        }
    }
}
