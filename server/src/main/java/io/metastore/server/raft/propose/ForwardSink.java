package io.metastore.server.raft.propose;

import io.metastore.proto.peer.v1.ProposeRequest;
import io.metastore.proto.peer.v1.ProposeResponse;
import java.util.function.Consumer;

/// The leader behind an open stream, as a sink.
///
/// @param opened what the leader answered to the opening
/// @param requests sends a message on the stream
record ForwardSink(ProposeResponse.Opened opened, Consumer<ProposeRequest> requests) implements EntrySink {
    @Override
    public long epoch() {
        return opened.getEpoch();
    }

    @Override
    public int maxEntryBytes() {
        return opened.getMaxEntryBytes();
    }

    @Override
    public void send(Outgoing entry) {
        requests.accept(ProposeRequest.newBuilder().setEntry(entry.bytes()).build());
    }
}
