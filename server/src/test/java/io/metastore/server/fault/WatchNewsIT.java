package io.metastore.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import etcdserverpb.KVGrpc;
import etcdserverpb.PutRequest;
import etcdserverpb.WatchCreateRequest;
import etcdserverpb.WatchGrpc;
import etcdserverpb.WatchRequest;
import etcdserverpb.WatchResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.metastore.server.process.ServerProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// How soon a watcher of a follower hears of a put through the leader on a cluster that does nothing else. Ratis alone
/// tells followers with the next heartbeat, which is 150 ms away on average with the standard timing.
class WatchNewsIT {
    private static final int WARM_UP = 30;
    private static final int ROUNDS = 50;
    private static final Duration SOON = Duration.ofMillis(20);
    private static final long LIMIT_SECONDS = 10;
    private static final ByteString KEY = ByteString.copyFromUtf8("news");

    /// An answer and the time at which it came.
    private record News(long revision, long nanos) {}

    @Test
    void aFollowersWatcherHearsOfALonePutAlmostAtOnce() throws InterruptedException {
        try (var cluster = ClusterProcesses.start(ServerProgram.underTest(), 3, FaultSettings.flags())) {
            var leader = channel(cluster.leader().endpoint());
            var follower = channel(cluster.follower().endpoint());
            try {
                var delays = delays(KVGrpc.newBlockingStub(leader), watch(follower));

                System.out.printf(
                        "watch on a follower after the put's answer: median %d us, greatest %d us%n",
                        delays.get(ROUNDS / 2) / 1000, delays.getLast() / 1000);
                assertThat(Duration.ofNanos(delays.get(ROUNDS / 2))).isLessThan(SOON);
            } finally {
                leader.shutdownNow();
                follower.shutdownNow();
            }
        }
    }

    /// Sorted, in nanoseconds; 0 when the watcher heard of the put before the writer.
    private static List<Long> delays(KVGrpc.KVBlockingStub writer, BlockingQueue<News> watcher)
            throws InterruptedException {
        var delays = new ArrayList<Long>();
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            var put = writer.withDeadlineAfter(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .put(PutRequest.newBuilder().setKey(KEY).build());
            long answered = System.nanoTime();
            var news = watcher.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(news).isNotNull();
            assertThat(news.revision()).isEqualTo(put.getHeader().getRevision());
            if (round >= WARM_UP) {
                delays.add(Math.max(0, news.nanos() - answered));
            }
        }
        return delays.stream().sorted().toList();
    }

    /// What a watcher hears, from now on.
    private static BlockingQueue<News> watch(ManagedChannel member) throws InterruptedException {
        var created = new LinkedBlockingQueue<Long>();
        var heard = new LinkedBlockingQueue<News>();
        var requests = WatchGrpc.newStub(member).watch(new StreamObserver<>() {
            @Override
            public void onNext(WatchResponse answer) {
                long now = System.nanoTime();
                if (answer.getCreated()) {
                    created.add(now);
                }
                answer.getEventsList()
                        .forEach(event -> heard.add(new News(event.getKv().getModRevision(), now)));
            }

            @Override
            public void onError(Throwable error) {
                // The channel was closed, or the reader will miss the answers and say so.
            }

            @Override
            public void onCompleted() {
                // As above.
            }
        });
        requests.onNext(WatchRequest.newBuilder()
                .setCreateRequest(WatchCreateRequest.newBuilder().setKey(KEY))
                .build());
        assertThat(created.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isNotNull();
        return heard;
    }

    private static ManagedChannel channel(String endpoint) {
        return ManagedChannelBuilder.forTarget(endpoint).usePlaintext().build();
    }
}
