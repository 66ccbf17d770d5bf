package io.metastore.server.raft;

import io.metastore.proto.peer.v1.ContactsResponse;
import io.metastore.proto.peer.v1.MembersRequest;
import io.metastore.proto.peer.v1.MembersResponse;
import io.metastore.proto.peer.v1.TransferRequest;
import io.metastore.proto.peer.v1.TransferResponse;
import io.metastore.server.consensus.Contacts;
import io.metastore.server.consensus.MemberReport;
import io.metastore.server.consensus.Members;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Membership;
import io.metastore.server.raft.leader.Heirs;
import io.metastore.server.raft.leader.LeadershipTransfer;
import io.metastore.server.raft.member.ContactBook;
import io.metastore.server.raft.member.Expulsion;
import io.metastore.server.raft.member.OwnReport;
import io.metastore.server.raft.member.RaftPeers;
import io.metastore.server.raft.member.Reconfiguration;
import io.metastore.server.raft.member.SeatWaiters;
import io.metastore.server.raft.peer.PeerClients;
import io.metastore.server.request.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything about who belongs to the cluster, put together: what is asked of this member, what it asks
/// others, and what it does by itself as time passes.
final class MemberChanges implements Members, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MemberChanges.class);
    private static final long RETRY_MILLIS = 50;
    /// For the way of an answer that may have waited for all of its time.
    private static final Duration ANSWERING = Duration.ofMillis(500);

    /// @param members who belongs to the cluster, as far as it was applied here
    /// @param applied the index of the last entry that was applied here
    /// @param timeout how long a question is asked again, and a change waited for
    /// @param removed called once, when this member was removed for good
    record Own(
            RaftStart start, Supplier<Membership> members, LongSupplier applied, Duration timeout, Runnable removed) {}

    private final Own own;
    private final RaftServer.Division division;
    private final PeerClients peers;
    private final ScheduledExecutorService timer;
    private final OtherLeader otherLeader;
    private final ContactBook contacts;
    private final Reconfiguration reconfiguration;
    private final SeatWaiters waiters;
    private final Expulsion expulsion;
    private final Reports reports;

    MemberChanges(Own own, RaftServer.Division division, PeerClients peers, ScheduledExecutorService timer) {
        this.own = own;
        this.division = division;
        this.peers = peers;
        this.timer = timer;
        otherLeader = new OtherLeader(division);
        contacts = new ContactBook(division, division.properties().maxRpcTimeoutMs(), System::nanoTime);
        reconfiguration = new Reconfiguration(division, own.members(), this::whoIsAt);
        waiters = new SeatWaiters(division, own.timeout());
        expulsion = new Expulsion(
                division,
                own.members(),
                new Expulsion.Peers(own.start().acquaintances(), this::ask),
                own.removed(),
                System::nanoTime);
        reports = new Reports(
                own.start().self(),
                new OwnReport(division, own.members(), contacts, reconfiguration),
                own.members(),
                own.applied(),
                peers);
    }

    void tick() {
        contacts.tick();
        reconfiguration.tick();
        waiters.tick();
        expulsion.tick();
    }

    boolean isChanging() {
        return reconfiguration.isBusy();
    }

    /// Whether this member is on its way out of the cluster, or out.
    boolean isLeaving() {
        return expulsion.isKnown() || expulsion.isLeaving();
    }

    /// What a peer is told.
    MembersResponse answer(MembersRequest request) {
        var members = own.members().get();
        return MemberMessages.members(
                own.start(), members.all(), Expulsion.isOut(division, members, new MemberId(request.getMember())));
    }

    /// What a peer is told of the others.
    ContactsResponse answerContacts() {
        return MemberMessages.contacts(contacts.read());
    }

    Reports reports() {
        return reports;
    }

    @Override
    public void report(MemberId member, Duration patience, Consumer<Optional<MemberReport>> reply) {
        reports.ask(member, patience, reply);
    }

    /// Who is at this place, if it is a member of this cluster.
    private CompletableFuture<MembersResponse> ask(String place) {
        var request = MembersRequest.newBuilder()
                .setMember(own.start().self().number())
                .build();
        return peers.members(place, request)
                .thenCompose(answer -> answer.getCluster() == own.start().clusterId()
                        ? CompletableFuture.completedFuture(answer)
                        : CompletableFuture.failedFuture(new IOException(
                                "a member of cluster " + Long.toHexString(answer.getCluster()) + " is there")));
    }

    private CompletableFuture<MemberId> whoIsAt(Member member) {
        return ask(RaftPeers.address(member.peerUrls())).thenApply(answer -> new MemberId(answer.getSelf()));
    }

    @Override
    public boolean isLearner() {
        return division.getInfo().isListener();
    }

    @Override
    public List<Member> members() {
        return own.members().get().all();
    }

    @Override
    public void contacts(Consumer<Contacts> reply) {
        contacts(System.nanoTime() + own.timeout().toNanos(), reply);
    }

    private void contacts(long deadlineNanos, Consumer<Contacts> reply) {
        if (contacts.read() instanceof Contacts.Known known) {
            reply.accept(known);
            return;
        }
        var _ = otherLeader
                .find()
                .map(leader -> peers.contacts(leader.getAddress()).thenApply(MemberMessages::contacts))
                .orElseGet(() -> CompletableFuture.completedFuture(new Contacts.Refused(Reason.NO_LEADER)))
                .exceptionally(_ -> new Contacts.Refused(Reason.NO_LEADER))
                .thenAccept(answer -> {
                    if (answer instanceof Contacts.Known || deadlineNanos - System.nanoTime() <= 0) {
                        reply.accept(
                                answer instanceof Contacts.Known ? answer : new Contacts.Refused(Reason.TIMED_OUT));
                    } else {
                        var _ = timer.schedule(
                                () -> contacts(deadlineNanos, reply), RETRY_MILLIS, TimeUnit.MILLISECONDS);
                    }
                });
    }

    @Override
    public void awaitSeat(MemberId member, Seat seat, Consumer<Optional<Reason>> reply) {
        waiters.await(member, seat, reply);
    }

    @Override
    public void transferLeadership(MemberId heir, Consumer<Optional<Reason>> reply) {
        if (!division.getInfo().isLeader()) {
            reply.accept(Optional.of(Reason.NOT_LEADER));
        } else if (heir.equals(own.start().self())) {
            reply.accept(Optional.empty());
        } else {
            aside(() -> reply.accept(transfer(RaftPeers.id(heir), own.timeout())));
        }
    }

    /// A leader that is asked by another member; see `moveLeadership`.
    void transfer(TransferRequest request, Consumer<TransferResponse> reply) {
        Optional<MemberId> heir =
                request.getHeir() == 0 ? Optional.empty() : Optional.of(new MemberId(request.getHeir()));
        var patience = Duration.ofMillis(request.getPatienceMillis());
        if (division.getInfo().isLeader()) {
            aside(() -> reply.accept(MemberMessages.transferred(transfer(heir, patience))));
        } else {
            reply.accept(MemberMessages.transferred(Optional.of(Reason.NOT_LEADER)));
        }
    }

    @Override
    public void moveLeadership(Optional<MemberId> heir, Duration patience, Consumer<Optional<Reason>> reply) {
        if (division.getInfo().isLeader()) {
            aside(() -> reply.accept(transfer(heir, patience)));
            return;
        }
        var request = TransferRequest.newBuilder()
                .setHeir(heir.orElse(MemberId.NONE).number())
                .setPatienceMillis(Math.toIntExact(patience.toMillis()))
                .build();
        var _ = otherLeader
                .find()
                .map(leader -> peers.transfer(leader.getAddress(), request, patience.plus(ANSWERING))
                        .thenApply(MemberMessages::refusal)
                        .exceptionally(_ -> Optional.of(Reason.TRANSFER_TIMED_OUT)))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.of(Reason.NO_LEADER)))
                .thenAccept(reply);
    }

    private static void aside(Runnable task) {
        var _ = Thread.ofVirtual().name("metastore-move-leader").start(task);
    }

    private Optional<Reason> transfer(Optional<MemberId> heir, Duration patience) {
        return heir.map(RaftPeers::id)
                .or(() -> Heirs.best(division, division.properties().maxRpcTimeoutMs()))
                .map(chosen -> chosen.equals(division.getId()) ? Optional.<Reason>empty() : transfer(chosen, patience))
                .orElseGet(() -> Optional.of(Reason.NO_HEIR));
    }

    private Optional<Reason> transfer(RaftPeerId heir, Duration patience) {
        try {
            var reply = new LeadershipTransfer(division).to(Optional.of(heir), patience);
            if (reply.isSuccess()) {
                return Optional.empty();
            }
            LOG.atWarn()
                    .addKeyValue("heir", heir)
                    .addKeyValue("cause", reply.getException())
                    .log("leadership stays");
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("heir", heir)
                    .addKeyValue("cause", e.getMessage())
                    .log("leadership stays");
        }
        return Optional.of(Reason.TRANSFER_TIMED_OUT);
    }

    @Override
    public void close() {
        waiters.close();
    }
}
