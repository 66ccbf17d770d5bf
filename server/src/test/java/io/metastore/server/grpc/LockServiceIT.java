package io.metastore.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import etcdserverpb.LeaseGrantRequest;
import etcdserverpb.LeaseRevokeRequest;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import v3electionpb.CampaignRequest;
import v3electionpb.CampaignResponse;
import v3electionpb.ElectionGrpc;
import v3electionpb.LeaderRequest;
import v3electionpb.LeaderResponse;
import v3electionpb.ProclaimRequest;
import v3electionpb.ResignRequest;
import v3lockpb.LockGrpc;
import v3lockpb.LockRequest;
import v3lockpb.LockResponse;
import v3lockpb.UnlockRequest;

/// Locks and elections over a connection; what one caller gets is in the differential corpus, so these are the
/// cases with several, and with time.
class LockServiceIT extends MemberFixture {
    private static final ByteString NAME = ByteString.copyFromUtf8("jobs");
    private static final int WAIT_SECONDS = 10;

    @Test
    void aLockGoesFromHandToHandInTheOrderOfTheWaiters() throws Exception {
        var first = locks().lock(lock(lease()));
        var second = lockLater(lease());
        awaitWaiters(2);
        var third = lockLater(lease());
        awaitWaiters(3);
        assertThat(second.isDone()).isFalse();

        unlock(first);
        unlock(answer(second));

        assertThat(answer(third).getKey().toStringUtf8()).startsWith("jobs/");
    }

    @Test
    void aWaiterInTheMiddleThatLeavesLetsNobodyPass() throws Exception {
        var first = locks().lock(lock(lease()));
        long middle = lease();
        var second = lockLater(middle);
        awaitWaiters(2);
        var third = lockLater(lease());
        awaitWaiters(3);

        revoke(middle);
        awaitWaiters(2);
        assertThat(third.isDone()).isFalse();

        unlock(first);
        assertThat(answer(third)).isNotNull();
        assertThatThrownBy(second, Status.Code.UNKNOWN, "mutex: session is expired");
    }

    @Test
    void aCallThatIsGivenUpLeavesTheLine() throws Exception {
        locks().lock(lock(lease()));
        var waiting = lockLater(lease());
        awaitWaiters(2);

        waiting.cancel(true);

        awaitWaiters(1);
    }

    @Test
    void aDeadlineEndsTheWaitAndLeavesTheLine() {
        locks().lock(lock(lease()));

        var status = refusal(
                () -> locks().withDeadlineAfter(300, TimeUnit.MILLISECONDS).lock(lock(lease())));

        assertThat(status.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        awaitWaiters(1);
    }

    @Test
    void theSameLeaseHoldsTheLockAgainAtOnce() {
        long lease = lease();
        var once = locks().lock(lock(lease));

        assertThat(locks().lock(lock(lease)).getKey()).isEqualTo(once.getKey());
    }

    @Test
    void aHolderWhoseLeaseEndsLetsTheNextOneIn() throws Exception {
        long holder = lease();
        locks().lock(lock(holder));
        var next = lockLater(lease());
        awaitWaiters(2);

        revoke(holder);

        assertThat(answer(next)).isNotNull();
    }

    @Test
    void waitersEndWhenTheMemberStops() throws Exception {
        locks().lock(lock(lease()));
        var waiting = lockLater(lease());
        awaitWaiters(2);

        member.stopListening();

        assertThatThrownBy(waiting, Status.Code.UNAVAILABLE, "etcdserver: server stopped");
    }

    @Test
    void aCampaignWaitsForTheLeaderToResign() throws Exception {
        var leader = elections().campaign(campaign(lease(), "one")).getLeader();
        Future<CampaignResponse> next =
                ElectionGrpc.newFutureStub(member.channel()).campaign(campaign(lease(), "two"));
        awaitWaiters(2);
        assertThat(elections().leader(election()).getKv().getValue().toStringUtf8())
                .isEqualTo("one");

        elections().resign(ResignRequest.newBuilder().setLeader(leader).build());

        assertThat(answer(next).getLeader().getName()).isEqualTo(NAME);
        assertThat(elections().leader(election()).getKv().getValue().toStringUtf8())
                .isEqualTo("two");
        var late = refusal(() -> elections()
                .proclaim(ProclaimRequest.newBuilder().setLeader(leader).build()));
        assertThat(late.getDescription()).isEqualTo("election: not leader");
    }

    @Test
    void anObserverSeesEveryLeaderAndWhatItProclaims() throws Exception {
        var seen = new Seen();
        ElectionGrpc.newStub(member.channel()).observe(election(), seen);
        var first = elections().campaign(campaign(lease(), "one")).getLeader();
        assertThat(seen.next()).isEqualTo("one");

        elections()
                .proclaim(ProclaimRequest.newBuilder()
                        .setLeader(first)
                        .setValue(ByteString.copyFromUtf8("one again"))
                        .build());
        assertThat(seen.next()).isEqualTo("one again");
        elections().resign(ResignRequest.newBuilder().setLeader(first).build());
        elections().campaign(campaign(lease(), "two"));

        assertThat(seen.next()).isEqualTo("two");
    }

    @Test
    void manyClientsHoldALockOneAtATime() throws Exception {
        int clients = 30;
        var held = new ArrayList<Future<Integer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) {
                held.add(threads.submit(this::raiseUnderLock));
            }
            for (var each : held) {
                each.get(WAIT_SECONDS * 3, TimeUnit.SECONDS);
            }
        }

        assertThat(counter()).isEqualTo(clients);
    }

    /// Reads and writes in two steps, which loses counts unless nobody else does.
    private int raiseUnderLock() {
        var lock = locks().lock(lock(lease()));
        int before = counter();
        kv.put(PutRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8("counter"))
                .setValue(ByteString.copyFromUtf8(Integer.toString(before + 1)))
                .build());
        unlock(lock);
        return before;
    }

    private int counter() {
        var answer = kv.range(RangeRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8("counter"))
                .build());
        return answer.getKvsList().stream()
                .mapToInt(version -> Integer.parseInt(version.getValue().toStringUtf8()))
                .sum();
    }

    private static void assertThatThrownBy(Future<?> call, Status.Code code, String text) throws Exception {
        try {
            call.get(WAIT_SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("the call succeeded");
        } catch (ExecutionException e) {
            var status = Status.fromThrowable(e);
            assertThat(status.getCode()).isEqualTo(code);
            assertThat(status.getDescription()).isEqualTo(text);
        }
    }

    private static <A> A answer(Future<A> call) throws Exception {
        return call.get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private Future<LockResponse> lockLater(long lease) {
        return LockGrpc.newFutureStub(member.channel()).lock(lock(lease));
    }

    private void unlock(LockResponse lock) {
        locks().unlock(UnlockRequest.newBuilder().setKey(lock.getKey()).build());
    }

    private void awaitWaiters(int count) {
        await().untilAsserted(() -> assertThat(line()).hasSize(count));
    }

    private List<mvccpb.KeyValue> line() {
        return kv.range(RangeRequest.newBuilder()
                        .setKey(ByteString.copyFromUtf8("jobs/"))
                        .setRangeEnd(ByteString.copyFromUtf8("jobs0"))
                        .build())
                .getKvsList();
    }

    private long lease() {
        return lease.leaseGrant(LeaseGrantRequest.newBuilder().setTTL(60).build())
                .getID();
    }

    private void revoke(long id) {
        lease.leaseRevoke(LeaseRevokeRequest.newBuilder().setID(id).build());
    }

    private LockGrpc.LockBlockingStub locks() {
        return LockGrpc.newBlockingStub(member.channel());
    }

    private ElectionGrpc.ElectionBlockingStub elections() {
        return ElectionGrpc.newBlockingStub(member.channel());
    }

    private static LockRequest lock(long lease) {
        return LockRequest.newBuilder().setName(NAME).setLease(lease).build();
    }

    private static CampaignRequest campaign(long lease, String value) {
        return CampaignRequest.newBuilder()
                .setName(NAME)
                .setLease(lease)
                .setValue(ByteString.copyFromUtf8(value))
                .build();
    }

    private static LeaderRequest election() {
        return LeaderRequest.newBuilder().setName(NAME).build();
    }

    private static final class Seen implements StreamObserver<LeaderResponse> {
        private final BlockingQueue<String> values = new LinkedBlockingQueue<>();

        String next() throws InterruptedException {
            return String.valueOf(values.poll(WAIT_SECONDS, TimeUnit.SECONDS));
        }

        @Override
        public void onNext(LeaderResponse leader) {
            values.add(leader.getKv().getValue().toStringUtf8());
        }

        @Override
        public void onError(Throwable failure) {
            values.add(failure.toString());
        }

        @Override
        public void onCompleted() {
            values.add("the end");
        }
    }
}
