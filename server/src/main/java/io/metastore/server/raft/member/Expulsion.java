package io.metastore.server.raft.member;

import io.metastore.proto.peer.v1.MembersResponse;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Membership;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out that this member was removed for good. Its own log may never tell: the last entries that it gets come from
/// before. And when the table says it, its vote may still be needed for the change that lets it go; so it stays until
/// another member says that this change has come through.
public final class Expulsion {
    private static final Logger LOG = LoggerFactory.getLogger(Expulsion.class);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final RaftServer.Division division;
    private final Supplier<Membership> members;
    private final Peers peers;
    private final Runnable expelled;
    private final LongSupplier nanos;
    private final AtomicBoolean told = new AtomicBoolean();
    private long quietUntil;

    /// Who can be asked, and how.
    ///
    /// @param acquaintances places (host:port) that are asked besides those of the members known here
    /// @param ask the member at a place whether this one belongs to the cluster
    public record Peers(Collection<String> acquaintances, Function<String, CompletableFuture<MembersResponse>> ask) {}

    /// @param expelled called once
    /// @param nanos as `System::nanoTime`
    public Expulsion(
            RaftServer.Division division,
            Supplier<Membership> members,
            Peers peers,
            Runnable expelled,
            LongSupplier nanos) {
        this.division = division;
        this.members = members;
        this.peers = peers;
        this.expelled = expelled;
        this.nanos = nanos;
        this.quietUntil = nanos.getAsLong();
    }

    /// Whether this member is known not to belong to the cluster any more.
    public boolean isKnown() {
        return told.get();
    }

    /// Whether the newest configuration here is without this member. Ratis ends itself then, sooner or later; that
    /// is no reason to end the process, since what is to come is not known for sure.
    public boolean isLeaving() {
        var configuration = division.getRaftConf();
        var self = division.getId();
        return !configuration.getCurrentPeers().isEmpty()
                && configuration.getPeer(self) == null
                && configuration.getCurrentPeers(RaftPeerRole.LISTENER).stream()
                        .noneMatch(peer -> peer.getId().equals(self));
    }

    /// Looks once more. Called often, from one thread; does not block.
    public void tick() {
        if (told.get() || quietUntil - nanos.getAsLong() > 0 || !isInDoubt()) {
            return;
        }
        quietUntil = nanos.getAsLong() + PAUSE.toNanos();
        for (var address : addresses()) {
            var _ = peers.ask().apply(address).thenAccept(answer -> {
                if (answer.getRemoved() && told.compareAndSet(false, true)) {
                    LOG.atInfo().addKeyValue("peer", address).log("a peer says that this member was removed");
                    expelled.run();
                }
            });
        }
    }

    private boolean isInDoubt() {
        return division.getInfo().getLeaderId() == null
                || isLeaving()
                || members.get().hasRemoved(RaftPeers.id(division.getId()));
    }

    private Set<String> addresses() {
        var self = RaftPeers.id(division.getId());
        var addresses = new TreeSet<>(peers.acquaintances());
        division.getRaftConf().getAllPeers().stream()
                .filter(peer -> !RaftPeers.id(peer.getId()).equals(self))
                .forEach(peer -> addresses.add(peer.getAddress()));
        members.get().all().stream()
                .filter(member -> !member.id().equals(self))
                .map(Member::peerUrls)
                .forEach(urls -> addresses.add(RaftPeers.address(urls)));
        return addresses;
    }

    /// Whether a member is out for good, as far as this member can say: it was removed, and nobody asks for its
    /// vote.
    public static boolean isOut(RaftServer.Division division, Membership members, MemberId member) {
        var seats = Seats.of(division);
        return members.hasRemoved(member) && seats.settled() && seats.all().noneMatch(member::equals);
    }
}
