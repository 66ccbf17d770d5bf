package io.metastore.server.raft.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.raft.append.Receiver;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto.AppendResult;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.ServerNotReadyException;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The leader L of term 1 has an entry on its own disk and sends it to the voter F, which is the majority with it.
/// The candidate N, which lacks the entry, asks F for its vote in term 2, which is the majority with it as well.
@Timeout(20)
class DoorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FakeVoter voter = new FakeVoter(1);
    private final List<Throwable> failures = new ArrayList<>();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    /// A call on a thread of its own.
    private record Call<T>(Thread thread, FutureTask<T> result) {
        static <T> Call<T> start(Callable<T> work) {
            var result = new FutureTask<>(work);
            return new Call<>(Thread.ofPlatform().daemon().start(result), result);
        }

        T join() throws Exception {
            return result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }

        /// Returns when it waits for another call to come out of the door.
        void awaitItsTurn() {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(PATIENCE)
                    .until(() -> thread.getState() == Thread.State.WAITING);
            assertThat(result.isDone()).isFalse();
        }
    }

    @Test
    void withoutADoorAWriteIsAcknowledgedThatTheNewLeaderDoesNotHave() throws Exception {
        var voterItself = voter.server();
        voter.beforeAppend(this::hold);

        var append = Call.start(() -> append(voterItself::appendEntriesAsync));
        reached.await();
        var vote = vote(voterItself);
        goOn.countDown();

        assertThat(vote.getServerReply().getSuccess()).as("N leads in term 2").isTrue();
        assertThat(append.join().getResult()).as("L counts F").isEqualTo(AppendResult.SUCCESS);
    }

    @Test
    void behindTheDoorAVoteWaitsForTheAppendAndSeesItsEntry() throws Exception {
        var guarded = behindDoor();
        voter.beforeAppend(this::hold);

        var append = Call.start(() -> append(guarded.calls()::append));
        reached.await();
        var vote = Call.start(() -> vote(guarded.server()));
        vote.awaitItsTurn();
        goOn.countDown();

        assertThat(append.join().getResult()).isEqualTo(AppendResult.SUCCESS);
        assertThat(vote.join().getServerReply().getSuccess()).isFalse();
    }

    @Test
    void behindTheDoorAnAppendWaitsForTheVoteAndIsRefused() throws Exception {
        var guarded = behindDoor();
        voter.beforeVote(this::hold);

        var vote = Call.start(() -> vote(guarded.server()));
        reached.await();
        var append = Call.start(() -> append(guarded.calls()::append));
        append.awaitItsTurn();
        goOn.countDown();

        assertThat(vote.join().getServerReply().getSuccess()).isTrue();
        assertThat(append.join().getResult()).isEqualTo(AppendResult.NOT_LEADER);
        assertThat(voter.lastIndex()).isZero();
    }

    /// Two appends, of an old and of a new leader: the late one must not cut what the new one wrote.
    @Test
    void oneAppendWaitsForTheOther() throws Exception {
        var guarded = behindDoor();
        voter.beforeAppend(this::hold);

        var first = Call.start(() -> append(guarded.calls()::append));
        reached.await();
        var second =
                Call.start(() -> guarded.calls().append(Requests.append(2, 1)).join());
        second.awaitItsTurn();
        goOn.countDown();

        assertThat(first.join().getResult()).isEqualTo(AppendResult.SUCCESS);
        assertThat(second.join().getResult()).isEqualTo(AppendResult.SUCCESS);
    }

    /// That thread carries all other messages between the members. A candidate's append waits for its election to end.
    @Test
    void anAppendThatMustWaitDoesNotHoldUpTheThreadThatBringsItNorComesOutOfOrder() throws Exception {
        var guarded = behindDoor();
        voter.seeksVotes();
        voter.beforeAppend(this::hold);

        var first = guarded.calls().append(Requests.append(1, 1));
        var second = guarded.calls().append(Requests.append(1, 2));
        reached.await();
        assertThat(first).isNotDone();
        goOn.countDown();

        assertThat(first).succeedsWithin(PATIENCE);
        assertThat(second).succeedsWithin(PATIENCE);
        assertThat(voter.indices()).containsExactly(1L, 2L);
    }

    @Test
    void anAppendDuringAVoteDoesNotHoldUpTheThreadThatBringsIt() throws Exception {
        var guarded = behindDoor();
        voter.beforeVote(this::hold);
        var vote = Call.start(() -> vote(guarded.server()));
        reached.await();

        var append = guarded.calls().append(Requests.append(1, 1));
        assertThat(append).isNotDone();
        goOn.countDown();

        vote.join();
        assertThat(append).succeedsWithin(PATIENCE);
    }

    @Test
    void aFollowersAppendIsCarriedOutOnTheThreadThatBringsIt() throws Exception {
        var guarded = behindDoor();
        var by = new CompletableFuture<Thread>();
        voter.beforeAppend(() -> by.complete(Thread.currentThread()));
        guarded.calls().append(Requests.append(1, 1)).join();

        assertThat(by).isCompletedWithValue(Thread.currentThread());
    }

    @Test
    void moreAppendsThanALeaderSendsDoNotPileUp() throws Exception {
        var guarded = behindDoor();
        voter.seeksVotes();
        voter.beforeAppend(this::hold);
        var _ = guarded.calls().append(Requests.append(1, 1));
        reached.await();
        for (int index = 2; index < 66; index++) {
            var _ = guarded.calls().append(Requests.append(1, index));
        }

        assertThat(guarded.calls().append(Requests.append(1, 66)))
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withMessageContaining("more than 64 appends wait");
        goOn.countDown();
    }

    /// They bring no entries and give no vote. If they waited, two candidates could hold each other up.
    @Test
    void heartbeatsAndPreVotesWaitForNobody() throws Exception {
        var guarded = behindDoor();
        voter.beforeAppend(this::hold);
        var append = Call.start(() -> append(guarded.calls()::append));
        reached.await();

        voter.beforeAppend(() -> {});
        assertThat(guarded.calls().append(Requests.heartbeat(1)).join().getResult())
                .isEqualTo(AppendResult.SUCCESS);
        assertThat(guarded.server()
                        .requestVote(Requests.vote(2, 0, true))
                        .getServerReply()
                        .getSuccess())
                .isTrue();
        assertThat(append.result().isDone()).isFalse();
        goOn.countDown();
        append.join();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void forcedElectionsAndSnapshotMessagesWaitForAnAppend(boolean election) throws Exception {
        var guarded = behindDoor();
        voter.beforeAppend(this::hold);
        var append = Call.start(() -> append(guarded.calls()::append));
        reached.await();

        var other = Call.start(() -> election
                ? guarded.server()
                        .startLeaderElection(StartLeaderElectionRequestProto.newBuilder()
                                .setServerRequest(Requests.from("leader"))
                                .build())
                : guarded.calls()
                        .install(InstallSnapshotRequestProto.newBuilder()
                                .setServerRequest(Requests.from("leader"))
                                .build()));
        other.awaitItsTurn();
        goOn.countDown();

        append.join();
        assertThat(other.join()).isNotNull();
    }

    @Test
    void theDoorOpensAgainAfterAFailureAndADiskThatFailsIsTold() throws Exception {
        var guarded = behindDoor();
        var failure = new IOException("the disk is full");
        voter.beforeVote(() -> {
            throw failure;
        });
        assertThatThrownBy(() -> vote(guarded.server())).isSameAs(failure);
        voter.beforeVote(() -> {});

        assertThat(vote(guarded.server()).getServerReply().getSuccess()).isTrue();
        assertThat(failures).containsExactly(failure);
    }

    @Test
    void whatRatisRefusesIsNoFailureOfTheDisk() {
        var guarded = behindDoor();
        voter.beforeVote(() -> {
            throw new ServerNotReadyException("still starting");
        });

        assertThatThrownBy(() -> vote(guarded.server())).isInstanceOf(ServerNotReadyException.class);
        assertThat(failures).isEmpty();
    }

    @Test
    void aPeerThatIsKeptOutDoesNotReachTheVoter() {
        var guarded = behindDoor((method, from) -> {
            if (from.equals("candidate")) {
                throw new IOException(method + " of " + from + " is lost");
            }
        });

        assertThatThrownBy(() -> vote(guarded.server())).hasMessage("requestVote of candidate is lost");
        assertThat(append(guarded.calls()::append).getResult()).isEqualTo(AppendResult.SUCCESS);
        assertThat(failures).isEmpty();
    }

    /// It came here because of a wrong address. The caller would count an answer as that of the member it means.
    @Test
    void whatIsMeantForAnotherMemberIsRefused() {
        var guarded = behindDoor();
        var elsewhere = Requests.from("leader").toBuilder().setReplyId(ByteString.copyFromUtf8("other"));

        assertThatThrownBy(() -> guarded.calls()
                        .append(Requests.append(1, 1).toBuilder()
                                .setServerRequest(elsewhere)
                                .build()))
                .hasMessage("append is for other, this is voter");
        assertThatThrownBy(() -> guarded.server()
                        .requestVote(Requests.vote(2, 0, false).toBuilder()
                                .setServerRequest(elsewhere)
                                .build()))
                .hasMessage("requestVote is for other, this is voter");
        assertThat(voter.lastIndex()).isZero();
        assertThat(failures).isEmpty();
    }

    @Test
    void otherCallsOfRatisAreRefused() throws IOException {
        var request = RaftClientRequest.newBuilder()
                .setClientId(ClientId.randomId())
                .setServerId(RaftPeerId.valueOf("voter"))
                .setGroupId(RaftGroupId.randomId())
                .setCallId(1)
                .setType(RaftClientRequest.writeRequestType())
                .build();
        var guarded = behindDoor();

        assertThat(guarded.server().submitClientRequestAsync(request))
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withMessageContaining("is refused on the peer port");
        assertThatThrownBy(() -> guarded.server().submitClientRequest(request)).hasMessageContaining("is refused");
        assertThat(guarded.server().appendEntriesAsync(Requests.append(1, 1)))
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withMessageContaining("appendEntriesAsync is refused");
        assertThat(voter.lastIndex()).isZero();
    }

    private void hold() throws InterruptedException {
        reached.countDown();
        goOn.await();
    }

    private static AppendEntriesReplyProto append(Receiver.Log log) {
        return unchecked(() -> log.append(Requests.append(1, 1)).join());
    }

    private static RequestVoteReplyProto vote(RaftServer server) throws IOException {
        return server.requestVote(Requests.vote(2, 0, false));
    }

    private static <T> T unchecked(Callable<T> work) {
        try {
            return work.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// The voter behind a door: for what comes by Ratis's own transport, and for what comes by ours.
    private record Guarded(RaftServer server, RaftCalls calls) {}

    private Guarded behindDoor() {
        return behindDoor(PeerFilter.OPEN);
    }

    private Guarded behindDoor(PeerFilter filter) {
        var server = voter.server();
        var door = new Door(server, new Gate(filter, new NoTransport(), failures::add), new VoteDirectory(server));
        var outside = (RaftServer)
                Proxy.newProxyInstance(DoorTest.class.getClassLoader(), new Class<?>[] {RaftServer.class}, door);
        return new Guarded(outside, door);
    }

    /// The voter leads nobody.
    private static final class NoTransport implements PeerTransport {
        @Override
        public StreamObserver<AppendEntriesRequestProto> append(
                String address, StreamObserver<AppendEntriesReplyProto> replies) {
            throw new AssertionError("append to " + address);
        }

        @Override
        public CompletableFuture<InstallSnapshotReplyProto> install(
                String address, InstallSnapshotRequestProto request) {
            throw new AssertionError("install at " + address);
        }

        @Override
        public CompletableFuture<RequestVoteReplyProto> vote(String address, RequestVoteRequestProto request) {
            throw new AssertionError("vote of " + address);
        }

        @Override
        public CompletableFuture<StartLeaderElectionReplyProto> startElection(
                String address, StartLeaderElectionRequestProto request) {
            throw new AssertionError("election at " + address);
        }

        @Override
        public void reconnect(String address) {
            throw new AssertionError("reconnect to " + address);
        }

        @Override
        public void late(String member, Duration period, Duration elapsed) {
            throw new AssertionError("late at " + member);
        }

        @Override
        public void abandon(String address) {
            throw new AssertionError("abandon " + address);
        }
    }
}
