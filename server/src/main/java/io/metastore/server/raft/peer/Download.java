package io.metastore.server.raft.peer;

import io.metastore.proto.peer.v1.SnapshotChunk;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.ratis.thirdparty.io.grpc.Context;

/// A state that a member sends, message by message, until it ends or is given up.
public final class Download implements AutoCloseable {
    private final Context.CancellableContext context = Context.ROOT.withCancellation();
    private final Iterator<SnapshotChunk> messages;

    /// @param call opens the stream
    Download(Supplier<Iterator<SnapshotChunk>> call) {
        var previous = context.attach();
        try {
            messages = call.get();
        } finally {
            context.detach(previous);
        }
    }

    /// Blocks until the stream ends; throws a `StatusRuntimeException` when it breaks, or is closed.
    public void forEach(Consumer<SnapshotChunk> taker) {
        messages.forEachRemaining(taker);
    }

    /// Gives it up, if it has not ended: the other member would wait for room for ever. From any thread.
    @Override
    public void close() {
        var _ = context.cancel(null);
    }
}
