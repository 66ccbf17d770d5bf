package io.metastore.server.raft;

import io.metastore.proto.peer.v1.MembersRequest;
import io.metastore.server.model.Member;
import io.metastore.server.raft.peer.PeerClients;
import io.metastore.server.raft.peer.PeerLoops;
import io.metastore.server.raft.peer.PeerTls;
import io.metastore.server.tls.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/// Asks running members who belongs to their cluster; for a member that does not belong to it yet.
public final class ClusterLookup implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final PeerClients peers;
    private boolean asked;

    /// @param security of the peers' port, if it is secured
    public ClusterLookup(Optional<Security.Peers> security) {
        peers = new PeerClients(0, TIMEOUT, new PeerLoops(), security.map(both -> PeerTls.client(both.outgoing())));
    }

    /// What one member says.
    public record Found(long clusterId, List<Member> members) {}

    /// What those at these places (host:port) say who belong to a cluster themselves. Blocks for a
    /// moment, from the second call on also when all answer at once.
    public List<Found> ask(List<String> places) {
        if (asked) {
            pause();
        }
        asked = true;
        var answers = places.stream()
                .map(place -> {
                    peers.reconnect(place);
                    return peers.members(place, MembersRequest.getDefaultInstance());
                })
                .toList();
        var found = new ArrayList<Found>();
        for (var answer : answers) {
            try {
                var response = answer.join();
                if (response.getMembersCount() > 0) {
                    found.add(new Found(response.getCluster(), MemberMessages.members(response)));
                }
            } catch (CompletionException e) {
                // Nobody is there, or not yet.
            }
        }
        return found;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        peers.close();
    }
}
