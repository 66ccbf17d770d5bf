package io.metastore.server.raft;

import io.metastore.server.apply.Position;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.log.CheckedLog;
import io.metastore.server.raft.log.Configurations;
import io.metastore.server.raft.log.Depth;
import io.metastore.server.raft.log.Evidence;
import io.metastore.server.raft.log.FlushWatermark;
import io.metastore.server.raft.log.LogCheck;
import io.metastore.server.raft.member.RaftPeers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;

/// The log of a member that does not run, for a person who must decide whether it is the one that goes on when the
/// majority is lost for good.
///
/// @param directory holds Ratis's files only; nobody uses it while this is in use
/// @param applied what the member's store holds
public record QuorumRecovery(long clusterId, MemberId self, Path directory, Position applied) {
    /// What the log tells.
    ///
    /// @param first index of its first entry, -1 when it is empty
    /// @param last its last entry, or what the store holds if that is newer; `Position.NONE` when there is nothing
    /// @param cutBytes what a crash left at its end and is no entry
    /// @param members who votes and is fed by its newest configuration; none when it knows of none
    public record Found(long first, Position last, long cutBytes, List<Member> members) {
        public boolean isEmpty() {
            return last.equals(Position.NONE);
        }

        /// Whether nobody but `member` is there already.
        public boolean isAlone(MemberId member) {
            return members.size() == 1
                    && members.getFirst().id().equals(member)
                    && !members.getFirst().learner();
        }
    }

    /// Looks, and changes nothing.
    ///
    /// @throws io.metastore.server.raft.log.UnusableLogException when it may have lost what it acknowledged
    public Found look() {
        var log = LogCheck.look(group(), evidence(), Depth.FULL);
        var newest = lone(log).newest();
        return new Found(
                log.first(),
                newest.getIndex() < 0 ? Position.NONE : new Position(newest.getTerm(), newest.getIndex()),
                log.cutBytes(),
                Configurations.newest(group(), log)
                        .map(LogEntryProto::getConfigurationEntry)
                        .map(QuorumRecovery::members)
                        .orElse(List.of()));
    }

    /// Drops all others from the configuration, durably, as `--force-new-cluster` does at a start. When it is cut
    /// short it may be done again.
    ///
    /// @param survivor this member, with its peer URLs
    /// @return the entry that says so
    public Position goAlone(Member survivor) throws IOException {
        var log = LogCheck.run(group(), evidence(), Depth.FULL);
        // A voter from then on, whatever it was.
        var voter = Member.unstarted(survivor.id(), survivor.peerUrls(), false);
        var entry = lone(log).leaveAlone(RaftPeers.peer(voter, RaftPeers.address(voter.peerUrls())));
        LoneLog.note(directory);
        return new Position(entry.getTerm(), entry.getIndex());
    }

    private LoneLog lone(CheckedLog log) {
        return new LoneLog(group(), log, applied);
    }

    private Path group() {
        return directory.resolve(RaftNode.groupId(clusterId).getUuid().toString());
    }

    private Evidence evidence() {
        return new Evidence(
                FlushWatermark.read(directory.resolve("flushed")),
                applied.equals(Position.NONE) ? -1 : applied.index());
    }

    private static List<Member> members(RaftConfigurationProto configuration) {
        return Stream.concat(
                        configuration.getPeersList().stream().map(peer -> RaftPeers.member(peer, false)),
                        configuration.getListenersList().stream().map(peer -> RaftPeers.member(peer, true)))
                .toList();
    }
}
