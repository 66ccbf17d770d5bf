package io.metastore.server.raft;

import io.metastore.server.model.MemberId;
import io.metastore.server.raft.gate.PeerFilter;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The Raft messages between the members of one test, as far as they can be cut: it drops requests, and with them
/// their replies. Calls of the peer service still pass.
final class TestNetwork {
    /// Calls from one member to another.
    private record Link(String from, String to) {}

    private final Set<Link> cut = ConcurrentHashMap.newKeySet();
    private volatile PeerFilter hook = PeerFilter.OPEN;

    /// What is asked before a call of a peer is carried out at `self`.
    PeerFilter filterOf(MemberId self) {
        return (method, from) -> {
            if (cut.contains(new Link(from, self.toString()))) {
                throw new IOException("the network between " + from + " and " + self + " is cut");
            }
            hook.admit(method + "@" + self, from);
        };
    }

    /// Nothing passes between `one` and `other` any more, in both directions.
    void cut(MemberId one, MemberId other) {
        cutOneWay(one, other);
        cutOneWay(other, one);
    }

    /// Requests from one member to another are lost; those in the other direction are answered.
    void cutOneWay(MemberId from, MemberId to) {
        cut.add(new Link(from.toString(), to.toString()));
    }

    /// Requests from one member to another arrive again.
    void restore(MemberId from, MemberId to) {
        cut.remove(new Link(from.toString(), to.toString()));
    }

    /// Runs before each call that passes, with `method@receiver` for its method: the place to hold calls back.
    void hook(PeerFilter next) {
        hook = next;
    }

    void heal() {
        cut.clear();
        hook = PeerFilter.OPEN;
    }
}
