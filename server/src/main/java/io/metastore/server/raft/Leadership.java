package io.metastore.server.raft;

import io.metastore.server.consensus.LeaderDuty;
import io.metastore.server.raft.propose.Acceptor;
import io.metastore.server.raft.propose.EntrySink;
import io.metastore.server.raft.propose.ForwardServer;
import io.metastore.server.raft.propose.Forwarder;
import io.metastore.server.raft.propose.GroupingLog;
import io.metastore.server.raft.propose.Proposals;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings everything that depends on who leads in line with what Ratis says now: where entries go, who may append,
/// and the leader's duties. It looks at the state, not at events, so a lost or late event does no harm. One thread at
/// a time.
final class Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    /// What is steered.
    record Parts(
            RatisLog log,
            GroupingLog grouping,
            Acceptor acceptor,
            ForwardServer incoming,
            Proposals proposals,
            Forwarder outgoing) {}

    private final RaftServer.Division division;
    private final OtherLeader otherLeader;
    private final Parts parts;
    private final Purpose purpose;
    private OptionalLong leading = OptionalLong.empty();
    private Optional<String> following = Optional.empty();

    /// What this member does when it leads.
    sealed interface Purpose {
        /// It takes entries.
        ///
        /// @param duties which begin and end with its leadership
        record Lead(List<LeaderDuty> duties) implements Purpose {}

        /// It holds no data, and hands leadership to a member that does.
        record HandOver(WitnessLeadership witness) implements Purpose {}
    }

    Leadership(RaftServer.Division division, Parts parts, Purpose purpose) {
        this.division = division;
        this.otherLeader = new OtherLeader(division);
        this.parts = parts;
        this.purpose = purpose;
    }

    /// Looks at who leads and acts on changes. Called after each event and every now and then.
    void reconcile() {
        var epoch = readyEpoch();
        if (leading.isPresent() && !leading.equals(epoch)) {
            stopLeading();
        }
        if (epoch.isPresent() && leading.isEmpty()) {
            startLeading(epoch.getAsLong());
        } else if (epoch.isEmpty()) {
            follow(otherLeader.find().map(RaftPeer::getAddress));
        }
    }

    /// This member stops: it leads no more and follows nobody.
    void end() {
        if (leading.isPresent()) {
            stopLeading();
        }
        follow(Optional.empty());
    }

    /// The term in which this member leads and has applied an entry of its own, if it does.
    private OptionalLong readyEpoch() {
        var info = division.getInfo();
        long term = info.getCurrentTerm();
        return info.isLeaderReady() && info.getCurrentTerm() == term ? OptionalLong.of(term) : OptionalLong.empty();
    }

    private void startLeading(long epoch) {
        LOG.atInfo().addKeyValue("term", epoch).log("this member leads");
        following = Optional.empty();
        parts.proposals().hold();
        parts.outgoing().stop();
        leading = OptionalLong.of(epoch);
        switch (purpose) {
            case Purpose.Lead(var duties) -> {
                parts.log().rename();
                parts.grouping().restart();
                parts.acceptor().begin(epoch);
                parts.proposals().sendTo(new OwnLog(epoch), Long.MAX_VALUE);
                duties.forEach(duty -> duty.begin(parts.proposals().boundTo(epoch)));
            }
            case Purpose.HandOver(var witness) -> witness.begin();
        }
    }

    private void stopLeading() {
        LOG.atInfo().addKeyValue("term", leading.getAsLong()).log("this member leads no more");
        leading = OptionalLong.empty();
        parts.acceptor().end();
        parts.grouping().restart();
        parts.incoming().closeAll();
        parts.proposals().hold();
        switch (purpose) {
            case Purpose.Lead(var duties) -> duties.forEach(LeaderDuty::end);
            case Purpose.HandOver _ -> {}
        }
    }

    private void follow(Optional<String> leader) {
        if (leader.equals(following)) {
            return;
        }
        following = leader;
        parts.proposals().hold();
        parts.outgoing().stop();
        leader.ifPresent(address -> {
            LOG.atInfo()
                    .addKeyValue("leader", division.getInfo().getLeaderId())
                    .addKeyValue("address", address)
                    .log("this member follows");
            parts.outgoing().follow(address);
        });
    }

    /// Entries of the leader itself take the way to the log that forwarded ones take.
    private final class OwnLog implements EntrySink {
        private final long epoch;

        OwnLog(long epoch) {
            this.epoch = epoch;
        }

        @Override
        public long epoch() {
            return epoch;
        }

        @Override
        public int maxEntryBytes() {
            return parts.acceptor().maxEntryBytes();
        }

        @Override
        public void send(Outgoing entry) {
            parts.acceptor()
                    .accept(
                            entry,
                            () -> parts.proposals().notAppended(entry.stamp().sequence()));
        }
    }
}
