package io.metastore.server.raft.gate;

import java.io.IOException;

/// Decides over calls that arrive from peers: the place where tests cut, delay and reorder the network of a member.
@FunctionalInterface
public interface PeerFilter {
    PeerFilter OPEN = (_, _) -> {};

    /// Returns to let the call pass, late if it must; throws to drop it.
    ///
    /// @param from the id of the calling member, empty when the call does not tell it
    void admit(String method, String from) throws IOException;
}
