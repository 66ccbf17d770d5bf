package io.metastore.server.cli.original;

import java.util.List;

/// The original's settings, said with etcd's flags.
///
/// @param warnings what should be said at start, each thing once
public record Translated(List<Assignment> assignments, List<String> warnings) {
    public Translated {
        assignments = List.copyOf(assignments);
        warnings = List.copyOf(warnings);
    }
}
