package io.metastore.server.fault;

import com.google.protobuf.ByteString;
import etcdserverpb.HashKVRequest;
import etcdserverpb.HashKVResponse;
import etcdserverpb.KVGrpc;
import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.RangeRequest;
import etcdserverpb.StatusRequest;
import etcdserverpb.WatchCreateRequest;
import etcdserverpb.WatchGrpc;
import etcdserverpb.WatchRequest;
import etcdserverpb.WatchResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import mvccpb.Event;

/// One member, asked about itself: does it lead, what does it hold.
final class MemberView {
    private static final long LIMIT_SECONDS = 15;
    private static final ByteString ANY = ByteString.copyFrom(new byte[1]);

    private final ManagedChannel channel;

    private MemberView(ManagedChannel channel) {
        this.channel = channel;
    }

    /// The answer to one question to the member behind this endpoint.
    static <T> T of(String endpoint, Function<MemberView, T> question) {
        var channel = ManagedChannelBuilder.forTarget(endpoint).usePlaintext().build();
        try {
            return question.apply(new MemberView(channel));
        } finally {
            channel.shutdownNow();
        }
    }

    boolean leads() {
        var status = maintenance().status(StatusRequest.getDefaultInstance());
        return status.getLeader() == status.getHeader().getMemberId();
    }

    long term() {
        return maintenance().status(StatusRequest.getDefaultInstance()).getRaftTerm();
    }

    /// Everything that HashKV says of this revision, without what differs between members.
    String hashAt(long revision) {
        HashKVResponse answer = maintenance()
                .hashKV(HashKVRequest.newBuilder().setRevision(revision).build());
        return "hash %d at %d, compacted %d"
                .formatted(answer.getHash(), answer.getHashRevision(), answer.getCompactRevision());
    }

    /// The current revision, read through the leader, so that the member has applied all that was acknowledged.
    long revision() {
        return KVGrpc.newBlockingStub(channel)
                .withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
                .range(RangeRequest.newBuilder().setKey(ANY).setCountOnly(true).build())
                .getHeader()
                .getRevision();
    }

    /// All changes from the first revision to the current one, as the member's watch tells them.
    List<Change> changes() {
        long last = revision();
        var answers = new LinkedBlockingQueue<WatchResponse>();
        var requests = WatchGrpc.newStub(channel).watch(into(answers));
        requests.onNext(WatchRequest.newBuilder()
                .setCreateRequest(WatchCreateRequest.newBuilder()
                        .setKey(ANY)
                        .setRangeEnd(ANY)
                        .setStartRevision(1))
                .build());
        var changes = new ArrayList<Change>();
        while (last > 1 && (changes.isEmpty() || changes.getLast().revision() < last)) {
            take(answers).getEventsList().forEach(event -> changes.add(change(event)));
        }
        return changes;
    }

    private MaintenanceGrpc.MaintenanceBlockingStub maintenance() {
        return MaintenanceGrpc.newBlockingStub(channel).withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private static Change change(Event event) {
        var row = event.getKv();
        return new Change(
                row.getModRevision(),
                row.getKey().toStringUtf8(),
                row.getValue().toStringUtf8());
    }

    private static WatchResponse take(LinkedBlockingQueue<WatchResponse> answers) {
        try {
            var answer = answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("the watch tells nothing more before the current revision");
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while watching", e);
        }
    }

    private static StreamObserver<WatchResponse> into(LinkedBlockingQueue<WatchResponse> answers) {
        return new StreamObserver<>() {
            @Override
            public void onNext(WatchResponse answer) {
                answers.add(answer);
            }

            @Override
            public void onError(Throwable error) {
                // The channel was closed, or the reader will miss the answers and say so.
            }

            @Override
            public void onCompleted() {
                // As above.
            }
        };
    }
}
