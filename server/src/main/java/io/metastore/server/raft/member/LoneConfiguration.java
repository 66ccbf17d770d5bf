package io.metastore.server.raft.member;

import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.protocol.TermIndex;

/// The configuration by which one member goes on without all others (`--force-new-cluster`). The one entry
/// says both who votes from then on and that the table of members holds nobody else, so no crash can come in
/// between.
///
/// What tells it from other configurations is a mark with its own index. Ratis copies what it knows of a member into
/// later configurations; the mark means nothing there.
///
///     entry 12    peers: member 1, marked "alone@12"     the others are removed for good
///     entry 15    peers: member 1, marked "alone@12"; member 4                     only a change
public final class LoneConfiguration {
    private static final String MARK = "alone@";

    private LoneConfiguration() {}

    /// The entry that leaves `survivor` alone.
    public static LogEntryProto entry(TermIndex at, RaftPeer survivor) {
        var marked = RaftPeer.newBuilder(survivor)
                .setClientAddress(MARK + at.getIndex())
                .build();
        return LogEntryProto.newBuilder()
                .setTerm(at.getTerm())
                .setIndex(at.getIndex())
                .setConfigurationEntry(RaftConfigurationProto.newBuilder().addPeers(marked.getRaftPeerProto()))
                .build();
    }

    /// Whether a configuration is such a one.
    ///
    /// @param index of its entry
    public static boolean isAt(long index, RaftConfigurationProto configuration) {
        return configuration.getPeersCount() == 1
                && configuration.getListenersCount() == 0
                && configuration.getPeers(0).getClientAddress().equals(MARK + index);
    }
}
