package io.metastore.server.raft;

import io.metastore.server.raft.metric.RaftMeter;
import io.metastore.server.raft.peer.PeerClients;
import io.metastore.server.raft.peer.Traffic;
import io.metastore.server.raft.slow.SlowPeers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;

/// Asks each other member something small every second, so that how far apart they are, and who is there, is known
/// also while nothing else is said. One thread at a time.
final class PeerProbe {
    private static final long PERIOD_NANOS = 1_000_000_000;

    private final RaftServer.Division division;
    private final PeerClients peers;
    private final Traffic traffic;
    private final Map<RaftPeerId, Boolean> asked = new ConcurrentHashMap<>();
    private final SlowPeers slow;
    private long lastNanos = System.nanoTime() - PERIOD_NANOS;

    PeerProbe(RaftServer.Division division, PeerClients peers, Traffic traffic, SlowPeers slow) {
        this.division = division;
        this.peers = peers;
        this.traffic = traffic;
        this.slow = slow;
    }

    /// To be called every now and then.
    void tick() {
        long now = System.nanoTime();
        if (now - lastNanos >= PERIOD_NANOS) {
            lastNanos = now;
            slow.only(others().map(peer -> peer.getId().toString()).collect(Collectors.toSet()));
            lookForLags();
            others().forEach(this::ask);
        }
    }

    private void lookForLags() {
        if (division.getInfo().isLeader()) {
            lags().forEach(slow::lags);
        } else {
            slow.leadsNoMore();
        }
    }

    /// How many committed entries each other member lacks, as far as this one knows; nothing unless it leads.
    Map<String, Long> lags() {
        if (!division.getInfo().isLeader()) {
            return Map.of();
        }
        long committed = division.getRaftLog().getLastCommittedIndex();
        var known = others().map(peer -> peer.getId().toString()).collect(Collectors.toSet());
        return division.getCommitInfos().stream()
                .map(commit -> Map.entry(
                        RaftPeerId.valueOf(commit.getServer().getId()).toString(), committed - commit.getCommitIndex()))
                .filter(lag -> known.contains(lag.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, lag -> Math.max(0, lag.getValue()), Math::min));
    }

    List<SlowPeers.Key> troubles() {
        return slow.told();
    }

    private Stream<RaftPeer> others() {
        var configuration = division.getRaftConf();
        return Stream.concat(
                        configuration.getAllPeers(RaftPeerRole.FOLLOWER).stream(),
                        configuration.getAllPeers(RaftPeerRole.LISTENER).stream())
                .filter(peer -> !peer.getId().equals(division.getId()));
    }

    /// One question at a time: a member that does not answer is not asked again meanwhile.
    private void ask(RaftPeer other) {
        RaftMeter.Peer meter =
                traffic.name(peers.place(other.getAddress()), other.getId().toString());
        if (asked.putIfAbsent(other.getId(), true) != null) {
            return;
        }
        long start = System.nanoTime();
        var _ = peers.confirm(other.getAddress()).whenComplete((_, failure) -> {
            asked.remove(other.getId());
            if (failure == null) {
                long took = System.nanoTime() - start;
                meter.answered(took);
                slow.answered(other.getId().toString(), took);
            } else {
                meter.silent();
                slow.silent(other.getId().toString());
            }
        });
    }
}
