package io.metastore.server.raft.peer;

import java.util.Optional;

/// Where a call goes, and to whom.
///
/// @param place host:port
/// @param member the id, as text, of the member that shall answer: any other one refuses. Empty for
///     whoever is there
public record Destination(String place, Optional<String> member) {
    /// Whoever is at `place`.
    static Destination anybody(String place) {
        return new Destination(place, Optional.empty());
    }
}
