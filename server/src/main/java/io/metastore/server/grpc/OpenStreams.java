package io.metastore.server.grpc;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The streams that are open, so that they can be ended when the member stops, or, those that require it, when
/// there has been no leader for long. Ending a stream costs its client much more than a refusal, so that takes
/// three checks in a row. Source: the leader monitor of etcd's gRPC interceptors.
final class OpenStreams implements AutoCloseable {
    private static final int CHECKS_WITHOUT_LEADER = 3;

    private final Set<Stream> streams = new HashSet<>();
    private int checksWithoutLeader;
    private boolean closed;

    interface Stream {
        boolean requiresLeader();

        /// Ends the stream with this error; from any thread, without blocking, and also when it has ended already.
        void end(EtcdError error);
    }

    /// Adds a stream; when this is closed, the stream is ended instead.
    void add(Stream stream) {
        synchronized (this) {
            if (!closed) {
                streams.add(stream);
                return;
            }
        }
        stream.end(EtcdError.STOPPED);
    }

    synchronized void remove(Stream stream) {
        streams.remove(stream);
    }

    /// To be called once every election timeout.
    void check(boolean hasLeader) {
        for (var stream : overdue(hasLeader)) {
            stream.end(EtcdError.NO_LEADER);
        }
    }

    private synchronized List<Stream> overdue(boolean hasLeader) {
        checksWithoutLeader = hasLeader ? 0 : checksWithoutLeader + 1;
        if (checksWithoutLeader < CHECKS_WITHOUT_LEADER) {
            return List.of();
        }
        return streams.stream().filter(Stream::requiresLeader).toList();
    }

    @Override
    public void close() {
        List<Stream> last;
        synchronized (this) {
            closed = true;
            last = List.copyOf(streams);
        }
        last.forEach(stream -> stream.end(EtcdError.STOPPED));
    }
}
