package io.metastore.server.raft.watchdog;

import io.metastore.server.raft.watchdog.Action.Kick;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.ratis.protocol.RaftPeerId;

/// W1. A peer that vanished without closing its connection and came back at the same address is not reached again by
/// Ratis until TCP gives up, about a quarter of an hour later. A new connection cures it.
final class SilentPeers implements Rule {
    private final WatchdogLimits limits;
    private final Map<RaftPeerId, Long> kicked = new HashMap<>();

    SilentPeers(WatchdogLimits limits) {
        this.limits = limits;
    }

    @Override
    public List<Action> examine(Observation seen, long nowMillis) {
        var silent = seen.membership().silentMillis();
        kicked.keySet().retainAll(silent.keySet());
        return silent.entrySet().stream()
                .filter(peer -> peer.getValue() > limits.peerSilence().toMillis())
                .filter(peer -> restedSinceKick(peer.getKey(), nowMillis))
                .<Action>map(peer -> kick(peer, nowMillis))
                .toList();
    }

    private boolean restedSinceKick(RaftPeerId peer, long nowMillis) {
        var last = kicked.get(peer);
        return last == null || nowMillis - last >= limits.kickPause().toMillis();
    }

    private Action kick(Map.Entry<RaftPeerId, Long> peer, long nowMillis) {
        kicked.put(peer.getKey(), nowMillis);
        return new Kick(peer.getKey(), "it has not answered for " + peer.getValue() + " ms");
    }
}
