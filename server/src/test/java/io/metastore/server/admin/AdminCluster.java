package io.metastore.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import etcdserverpb.KVGrpc;
import etcdserverpb.PutRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.metastore.proto.admin.v1.AdminGrpc;
import io.metastore.proto.admin.v1.AdminGrpc.AdminBlockingStub;
import io.metastore.proto.admin.v1.MemberStatus;
import io.metastore.proto.admin.v1.MembershipRequest;
import io.metastore.proto.admin.v1.MembershipResponse;
import io.metastore.server.fault.ClusterProcesses;
import io.metastore.server.process.FreePorts;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;

/// Processes m1 to m3, those that are added to them, and a connection to each.
final class AdminCluster implements AutoCloseable {
    /// What a cluster says that needs a moment more.
    private static final List<String> NOT_YET = List.of(
            "unhealthy cluster",
            "in sync with leader",
            "another change of the members",
            "too few voters would be left",
            "leader changed",
            "no leader",
            "leader transfer took too long");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ServerProgram program;
    private final ClusterProcesses founders;
    private final List<MemberProcess> newcomers = new ArrayList<>();
    private final List<MemberProcess> witnesses = new ArrayList<>();
    private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();

    private AdminCluster(ServerProgram program, ClusterProcesses founders) {
        this.program = program;
        this.founders = founders;
    }

    static AdminCluster ofThree() {
        var program = ServerProgram.underTest();
        return new AdminCluster(program, ClusterProcesses.start(program, 3, List.of()));
    }

    static AdminCluster withWitness() {
        var program = ServerProgram.underTest();
        return new AdminCluster(program, ClusterProcesses.startWithWitness(program, List.of()));
    }

    List<MemberProcess> founders() {
        return founders.members();
    }

    /// Those that hold data and are not gone.
    List<MemberProcess> running() {
        return Stream.concat(founders.members().stream(), newcomers.stream())
                .filter(MemberProcess::alive)
                .toList();
    }

    MemberProcess member(String name) {
        return Stream.concat(founders.members().stream(), newcomers.stream())
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no member " + name));
    }

    /// Where a member will be that is to be added.
    record Place(String name, int clientPort, int peerPort) {
        static Place of(String name) {
            var ports = FreePorts.take(2);
            return new Place(name, ports.getFirst(), ports.getLast());
        }

        String peerUrl() {
            return "http://127.0.0.1:" + peerPort;
        }
    }

    /// Starts a member that was added; it may not serve yet.
    ///
    /// @param others the cluster as an answer names it, with this member
    MemberProcess start(Place place, List<MemberStatus> others) {
        var clients = "http://127.0.0.1:" + place.clientPort();
        var member = process(
                place, others, List.of("--listen-client-urls=" + clients, "--advertise-client-urls=" + clients));
        newcomers.add(member);
        member.start();
        return member;
    }

    /// As `start`, of a member that serves no clients.
    void startWitness(Place place, List<MemberStatus> others) {
        var witness = process(place, others, List.of("--role=witness"));
        witnesses.add(witness);
        witness.start();
    }

    private MemberProcess process(Place place, List<MemberStatus> others, List<String> kind) {
        var cluster = others.stream()
                .map(other -> (other.getPeerUrls(0).equals(place.peerUrl()) ? place.name() : other.getName()) + "="
                        + other.getPeerUrls(0))
                .collect(Collectors.joining(","));
        var flags = new ArrayList<>(kind);
        flags.addAll(List.of(
                "--name=" + place.name(),
                "--data-dir=" + founders.folder().resolve(place.name()),
                "--listen-peer-urls=" + place.peerUrl(),
                "--initial-advertise-peer-urls=" + place.peerUrl(),
                "--initial-cluster-state=existing",
                "--initial-cluster=" + cluster));
        return new MemberProcess(
                place.name(),
                program.with(flags),
                "127.0.0.1:" + place.clientPort(),
                founders.folder().resolve(place.name() + ".log"));
    }

    /// Of those that were founded with one.
    MemberProcess witness() {
        return founders.witness();
    }

    AdminBlockingStub admin(MemberProcess member) {
        return AdminGrpc.newBlockingStub(channel(member));
    }

    private ManagedChannel channel(MemberProcess member) {
        return channels.computeIfAbsent(
                member.endpoint(),
                endpoint ->
                        NettyChannelBuilder.forTarget(endpoint).usePlaintext().build());
    }

    MembershipResponse ask(MemberProcess member) {
        return admin(member).withWaitForReady().membership(MembershipRequest.getDefaultInstance());
    }

    void put(MemberProcess member, String key) {
        var _ = KVGrpc.newBlockingStub(channel(member))
                .put(PutRequest.newBuilder()
                        .setKey(ByteString.copyFromUtf8(key))
                        .setValue(ByteString.copyFromUtf8("value"))
                        .build());
    }

    /// What `member` says once it says that.
    MembershipResponse until(MemberProcess member, Predicate<MembershipResponse> so) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsMatching(StatusRuntimeException.class::isInstance)
                .until(() -> ask(member), so);
    }

    /// The row of the member with this name, once it is like that.
    MemberStatus untilRow(MemberProcess asked, String name, Predicate<MemberStatus> so) {
        return row(
                until(
                        asked,
                        answer -> answer.getMembersList().stream()
                                .anyMatch(row -> row.getName().equals(name) && so.test(row))),
                name);
    }

    static MemberStatus row(MembershipResponse answer, String name) {
        return row(answer.getMembersList(), name);
    }

    static MemberStatus row(List<MemberStatus> members, String name) {
        return members.stream()
                .filter(row -> row.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no member " + name + " in " + members));
    }

    long id(String name) {
        return row(ask(running().getFirst()), name).getId();
    }

    /// Everybody runs and keeps up, in the eyes of every member.
    void awaitWhole() {
        founders.startStopped();
        for (var member : running()) {
            until(member, AdminCluster::isWhole);
        }
    }

    private static boolean isWhole(MembershipResponse answer) {
        return answer.getConfirmed()
                && !answer.hasPending()
                && answer.getMembersList().stream().allMatch(MemberStatus::getHealthy);
    }

    String leader() {
        var answer = until(running().getFirst(), known -> known.getLeaderId() != 0 && known.hasCommitIndex());
        return answer.getMembersList().stream()
                .filter(row -> row.getId() == answer.getLeaderId())
                .map(MemberStatus::getName)
                .findFirst()
                .orElseThrow();
    }

    List<String> followers() {
        var leader = leader();
        return founders().stream()
                .map(MemberProcess::name)
                .filter(name -> !name.equals(leader))
                .toList();
    }

    /// What the call answers, asked again while the cluster is not steady for long enough.
    <A> A steadily(MemberProcess member, Function<AdminBlockingStub, A> call) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptionsMatching(AdminCluster::isNotYet)
                .until(() -> call.apply(admin(member)), _ -> true);
    }

    private static boolean isNotYet(Throwable failure) {
        var text = String.valueOf(failure.getMessage());
        return NOT_YET.stream().anyMatch(text::contains);
    }

    static Status refusal(ThrowingCallable call) {
        var failure = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(failure).as("it was not refused").isNotNull();
        return failure.getStatus();
    }

    List<String> program() {
        return program.command();
    }

    @Override
    public void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
        newcomers.forEach(MemberProcess::close);
        witnesses.forEach(MemberProcess::close);
        founders.close();
    }
}
