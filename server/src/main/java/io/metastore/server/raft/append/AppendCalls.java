package io.metastore.server.raft.append;

import java.util.List;
import java.util.Optional;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// The two calls that a stream to a follower consists of. Heartbeats have one of their own: on a slow line they would
/// otherwise come after megabytes of entries, and the follower would miss its leader.
final class AppendCalls {
    private Optional<StreamObserver<AppendEntriesRequestProto>> entries = Optional.empty();
    private Optional<StreamObserver<AppendEntriesRequestProto>> heartbeats = Optional.empty();

    boolean areOpen() {
        return entries.isPresent();
    }

    void open(AppendTransport transport, String address, StreamObserver<AppendEntriesReplyProto> replies) {
        entries = Optional.of(transport.append(address, replies));
        heartbeats = Optional.of(transport.append(address, replies));
    }

    /// Only for open ones.
    void send(AppendEntriesRequestProto request) {
        (request.getEntriesCount() == 0 ? heartbeats : entries).orElseThrow().onNext(request);
    }

    /// Each of the two is ended once, however a stream breaks: gRPC throws at the second time.
    void end() {
        var open = List.of(entries, heartbeats);
        entries = Optional.empty();
        heartbeats = Optional.empty();
        open.forEach(call -> call.ifPresent(StreamObserver::onCompleted));
    }
}
