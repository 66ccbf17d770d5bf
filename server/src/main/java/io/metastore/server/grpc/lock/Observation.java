package io.metastore.server.grpc.lock;

import etcdserverpb.ResponseHeader;
import etcdserverpb.WatchCreateRequest;
import io.grpc.StatusException;
import mvccpb.Event;
import mvccpb.KeyValue;
import v3electionpb.LeaderRequest;
import v3electionpb.LeaderResponse;

/// Follows the leaders of an election and what they proclaim. A leader that was replaced between two looks may
/// never be seen. Source: the election of etcd.
public final class Observation {
    private final Store store;
    private final Line line;
    private final Listener listener;

    /// Takes what is seen.
    @FunctionalInterface
    public interface Listener {
        /// Waits until there is room for the answer.
        ///
        /// @return whether the listener wants more
        boolean accept(LeaderResponse leader) throws InterruptedException;
    }

    /// Who was seen to lead, and when.
    private record Sighting(ResponseHeader header, KeyValue leader) {}

    public Observation(Store store, LeaderRequest request, Listener listener) {
        this.store = store;
        this.line = new Line(store, request.getName());
        this.listener = listener;
    }

    /// Runs until the listener has had enough.
    ///
    /// @throws StatusException when the store cannot be read or watched any more
    public void run() throws StatusException, InterruptedException {
        boolean wanted = true;
        while (wanted) {
            var seen = look();
            wanted = tell(seen.header(), seen.leader()) && follow(seen);
        }
    }

    private Sighting look() throws StatusException, InterruptedException {
        var first = store.range(line.first());
        return first.getKvsCount() == 0
                ? awaitSomebody(first.getHeader().getRevision())
                : new Sighting(first.getHeader(), first.getKvs(0));
    }

    private Sighting awaitSomebody(long since) throws StatusException, InterruptedException {
        try (var watching = store.watch(line.everyone(since))) {
            while (true) {
                var response = watching.next();
                for (var event : response.getEventsList()) {
                    if (event.getType() == Event.EventType.PUT) {
                        var header = response.getHeader().toBuilder()
                                .setRevision(event.getKv().getModRevision())
                                .build();
                        return new Sighting(header, event.getKv());
                    }
                }
            }
        }
    }

    /// Tells what the leader proclaims until its key goes; false when the listener wants no more.
    private boolean follow(Sighting seen) throws StatusException, InterruptedException {
        var changes = WatchCreateRequest.newBuilder()
                .setKey(seen.leader().getKey())
                .setStartRevision(seen.header().getRevision() + 1)
                .build();
        try (var watching = store.watch(changes)) {
            while (true) {
                var response = watching.next();
                for (var event : response.getEventsList()) {
                    if (event.getType() == Event.EventType.DELETE) {
                        return true;
                    }
                    if (!tell(response.getHeader(), event.getKv())) {
                        return false;
                    }
                }
            }
        }
    }

    private boolean tell(ResponseHeader header, KeyValue leader) throws InterruptedException {
        return listener.accept(
                LeaderResponse.newBuilder().setHeader(header).setKv(leader).build());
    }
}
