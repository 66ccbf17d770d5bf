package io.metastore.server.grpc;

import static io.metastore.server.grpc.Wire.put;
import static io.metastore.server.grpc.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;

import etcdserverpb.KVGrpc;
import etcdserverpb.LeaseGrantRequest;
import etcdserverpb.LeaseGrpc;
import etcdserverpb.LeaseKeepAliveRequest;
import etcdserverpb.LeaseKeepAliveResponse;
import etcdserverpb.PutResponse;
import etcdserverpb.WatchCancelRequest;
import etcdserverpb.WatchCreateRequest;
import etcdserverpb.WatchGrpc;
import etcdserverpb.WatchProgressRequest;
import etcdserverpb.WatchRequest;
import etcdserverpb.WatchResponse;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Watches and keep-alives from a client's side.
class StreamsIT {
    private LocalMember member;
    private KVGrpc.KVBlockingStub kv;

    @BeforeEach
    void start() {
        member = new LocalMember();
        kv = KVGrpc.newBlockingStub(member.channel());
    }

    @AfterEach
    void stop() {
        member.close();
    }

    @Test
    void aWatchIsCreatedAndToldWhatHappens() throws InterruptedException {
        var answers = new Received<WatchResponse>();
        var requests = watch(answers);

        requests.onNext(create(WatchCreateRequest.newBuilder().setKey(text("a")).setPrevKv(true)));
        var created = answers.next();
        kv.put(put("a", "1"));
        kv.put(put("a", "2"));
        kv.put(put("b", "unseen"));

        assertThat(created.getCreated()).isTrue();
        assertThat(created.getWatchId()).isZero();
        assertThat(created.getHeader().getRevision()).isEqualTo(1);
        assertThat(created.getHeader().getMemberId()).isEqualTo(SoloConsensus.SELF.number());
        var first = answers.next();
        var second = answers.next();
        assertThat(first.getEvents(0).hasPrevKv()).isFalse();
        assertThat(first.getHeader().getRevision()).isEqualTo(2);
        assertThat(second.getEvents(0).getKv().getValue()).isEqualTo(text("2"));
        assertThat(second.getEvents(0).getPrevKv().getValue()).isEqualTo(text("1"));
    }

    @Test
    void aWatchOfThePastIsToldTheHistoryFirst() throws InterruptedException {
        kv.put(put("a", "1"));
        kv.put(put("a", "2"));
        var answers = new Received<WatchResponse>();

        watch(answers)
                .onNext(create(WatchCreateRequest.newBuilder().setKey(text("a")).setStartRevision(2)));

        assertThat(answers.next().getCreated()).isTrue();
        assertThat(answers.next().getEventsList())
                .extracting(event -> event.getKv().getModRevision())
                .containsExactly(2L, 3L);
    }

    @Test
    void refusedWatchesAreCreatedAndCanceledAtOnce() throws InterruptedException {
        var answers = new Received<WatchResponse>();
        var requests = watch(answers);

        requests.onNext(create(WatchCreateRequest.newBuilder().setKey(text("b")).setRangeEnd(text("a"))));
        requests.onNext(create(WatchCreateRequest.newBuilder().setKey(text("b")).setStartRevision(-1)));

        var empty = answers.next();
        assertThat(empty.getCreated() && empty.getCanceled()).isTrue();
        assertThat(empty.getWatchId()).isEqualTo(-1);
        assertThat(empty.getCancelReason()).isEqualTo("mvcc: watcher range is empty");
        assertThat(answers.next().getCancelReason())
                .isEqualTo("etcdserver: mvcc: required revision has been compacted");
    }

    @Test
    void aWatchIsCancelledByItsClientAndProgressIsTold() throws InterruptedException {
        var answers = new Received<WatchResponse>();
        var requests = watch(answers);
        requests.onNext(create(WatchCreateRequest.newBuilder().setKey(text("a")).setWatchId(9)));
        answers.next();
        kv.put(put("z", "1"));

        requests.onNext(WatchRequest.newBuilder()
                .setProgressRequest(WatchProgressRequest.getDefaultInstance())
                .build());
        requests.onNext(WatchRequest.getDefaultInstance());
        requests.onNext(WatchRequest.newBuilder()
                .setCancelRequest(WatchCancelRequest.newBuilder().setWatchId(9))
                .build());

        var progress = answers.next();
        assertThat(progress.getWatchId()).isEqualTo(-1);
        assertThat(progress.getHeader().getRevision()).isEqualTo(2);
        var cancelled = answers.next();
        assertThat(cancelled.getWatchId()).isEqualTo(9);
        assertThat(cancelled.getCanceled()).isTrue();
        assertThat(cancelled.getCancelReason()).isEmpty();
    }

    @Test
    void aStreamWhoseClientHasSaidItsLastStaysOpen() throws InterruptedException {
        var answers = new Received<WatchResponse>();
        var requests = watch(answers);
        requests.onNext(create(WatchCreateRequest.newBuilder().setKey(text("a"))));
        answers.next();

        requests.onCompleted();
        kv.put(put("a", "1"));

        assertThat(answers.next().getEventsCount()).isEqualTo(1);
        assertThat(answers.end).isNotDone();
    }

    @Test
    void streamsThatRequireALeaderEndWhenItIsGone() throws Exception {
        var metadata = new Metadata();
        metadata.put(Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER), "true");
        var channel =
                ClientInterceptors.intercept(member.channel(), MetadataUtils.newAttachHeadersInterceptor(metadata));
        var strict = new Received<WatchResponse>();
        var lenient = new Received<WatchResponse>();
        var renewals = new Received<LeaseKeepAliveResponse>();
        WatchGrpc.newStub(channel).watch(strict).onNext(create(WatchCreateRequest.newBuilder()));
        watch(lenient).onNext(create(WatchCreateRequest.newBuilder()));
        LeaseGrpc.newStub(channel)
                .leaseKeepAlive(renewals)
                .onNext(LeaseKeepAliveRequest.newBuilder().setID(1).build());
        strict.next();
        lenient.next();
        renewals.next();

        member.consensus.setLeader(false);

        assertThat(strict.end().getDescription()).isEqualTo("etcdserver: no leader");
        assertThat(strict.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(renewals.end().getDescription()).isEqualTo("etcdserver: no leader");
        assertThat(lenient.end).isNotDone();
    }

    @Test
    void aLeaseIsKeptAliveAndAnUnknownOneHasNoTimeLeft() throws Exception {
        LeaseGrpc.newBlockingStub(member.channel())
                .leaseGrant(LeaseGrantRequest.newBuilder().setTTL(60).setID(5).build());
        var answers = new Received<LeaseKeepAliveResponse>();
        var requests = LeaseGrpc.newStub(member.channel()).leaseKeepAlive(answers);

        requests.onNext(LeaseKeepAliveRequest.newBuilder().setID(5).build());
        requests.onNext(LeaseKeepAliveRequest.newBuilder().setID(6).build());
        requests.onCompleted();

        var known = answers.next();
        assertThat(known.getID()).isEqualTo(5);
        assertThat(known.getTTL()).isEqualTo(60);
        assertThat(known.getHeader().getRevision()).isEqualTo(1);
        var unknown = answers.next();
        assertThat(unknown.getID()).isEqualTo(6);
        assertThat(unknown.getTTL()).isZero();
        assertThat(answers.end().isOk()).isTrue();
    }

    @Test
    void stoppingEndsStreamsSoThatTheirClientsGoElsewhere() throws Exception {
        var answers = new Received<WatchResponse>();
        watch(answers).onNext(create(WatchCreateRequest.newBuilder()));
        answers.next();

        member.stopListening();

        assertThat(answers.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(answers.end().getDescription()).isEqualTo("etcdserver: server stopped");
    }

    @Test
    void aSlowClientGetsEverythingWhenItReadsAgain() throws Exception {
        int puts = 3000;
        var value = "v".repeat(2000);
        var answers = new SlowReceived();
        watch(answers).onNext(create(WatchCreateRequest.newBuilder().setKey(text("k"))));
        assertThat(answers.next().getCreated()).isTrue();

        var writers = KVGrpc.newFutureStub(member.channel());
        var writes = new ArrayList<Future<PutResponse>>();
        for (int i = 0; i < puts; i++) {
            writes.add(writers.put(put("k", value)));
        }
        for (var write : writes) {
            write.get(20, TimeUnit.SECONDS);
        }

        long expected = 2;
        while (expected < puts + 2) {
            for (var event : answers.next().getEventsList()) {
                assertThat(event.getKv().getModRevision()).isEqualTo(expected);
                expected++;
            }
        }
    }

    private StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> answers) {
        return WatchGrpc.newStub(member.channel()).watch(answers);
    }

    private static WatchRequest create(WatchCreateRequest.Builder create) {
        return WatchRequest.newBuilder().setCreateRequest(create).build();
    }

    /// Takes one message at a time, when it is asked for.
    private static final class SlowReceived extends Received<WatchResponse>
            implements ClientResponseObserver<WatchRequest, WatchResponse> {
        private final CompletableFuture<ClientCallStreamObserver<WatchRequest>> call = new CompletableFuture<>();

        @Override
        public void beforeStart(ClientCallStreamObserver<WatchRequest> started) {
            started.disableAutoRequestWithInitial(1);
            call.complete(started);
        }

        @Override
        WatchResponse next() throws InterruptedException {
            var answer = super.next();
            call.join().request(1);
            return answer;
        }
    }

    private static class Received<A> implements StreamObserver<A> {
        private final BlockingQueue<A> answers = new LinkedBlockingQueue<>();
        final CompletableFuture<Status> end = new CompletableFuture<>();

        A next() throws InterruptedException {
            var answer = answers.poll(20, TimeUnit.SECONDS);
            assertThat(answer).as("an answer in time, end " + end).isNotNull();
            return answer;
        }

        Status end() throws Exception {
            return end.get(20, TimeUnit.SECONDS);
        }

        @Override
        public void onNext(A answer) {
            answers.add(answer);
        }

        @Override
        public void onError(Throwable error) {
            end.complete(Status.fromThrowable(error));
        }

        @Override
        public void onCompleted() {
            end.complete(Status.OK);
        }
    }
}
