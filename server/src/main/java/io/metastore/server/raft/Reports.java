package io.metastore.server.raft;

import io.metastore.server.consensus.MemberReport;
import io.metastore.server.consensus.Vitals;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Membership;
import io.metastore.server.raft.member.OwnReport;
import io.metastore.server.raft.member.RaftPeers;
import io.metastore.server.raft.peer.Destination;
import io.metastore.server.raft.peer.PeerClients;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// How members are, by their own word: that of this one when it is asked, and that of others when it asks them.
final class Reports {
    private final MemberId self;
    private final OwnReport own;
    private final Supplier<Membership> members;
    private final LongSupplier applied;
    private final PeerClients peers;
    private volatile Optional<Supplier<Vitals>> vitals = Optional.empty();

    /// @param members who belongs to the cluster, as far as it was applied here
    /// @param applied the index of the last entry that was
    Reports(MemberId self, OwnReport own, Supplier<Membership> members, LongSupplier applied, PeerClients peers) {
        this.self = self;
        this.own = own;
        this.members = members;
        this.applied = applied;
        this.peers = peers;
    }

    /// From now on this member can tell more; the supplier may read from the disk.
    void tell(Supplier<Vitals> supplier) {
        vitals = Optional.of(supplier);
    }

    /// Of this member. Reads from the disk.
    MemberReport own() {
        return own.make(applied.getAsLong(), vitals.map(Supplier::get));
    }

    /// Of any member, nothing if it does not answer in time. Does not block; nor may `reply`.
    void ask(MemberId member, Duration patience, Consumer<Optional<MemberReport>> reply) {
        var _ = asked(member, patience)
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handle((report, failure) -> failure == null ? Optional.of(report) : Optional.<MemberReport>empty())
                .thenAccept(reply);
    }

    private CompletableFuture<MemberReport> asked(MemberId member, Duration patience) {
        if (member.equals(self)) {
            // A disk that hangs holds up nobody but this answer.
            return CompletableFuture.supplyAsync(
                    this::own,
                    task -> Thread.ofVirtual().name("metastore-report").start(task));
        }
        return destination(member)
                .map(there -> peers.report(there, patience).thenApply(ReportMessages::report))
                .orElseGet(() -> CompletableFuture.failedFuture(new IOException("there is no member " + member)));
    }

    /// By the table: it knows where members are that nobody has reached yet.
    private Optional<Destination> destination(MemberId member) {
        return members.get()
                .find(member)
                .map(Member::peerUrls)
                .map(urls -> new Destination(RaftPeers.address(urls), Optional.of(member.toString())));
    }
}
