package io.metastore.server.raft.append;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.util.Timestamp;

/// The messages to one follower that are not answered yet, oldest first. Thread-safe.
final class InFlight {
    private final Map<Long, Sent> sent = new LinkedHashMap<>();
    private int withEntries;

    /// One message.
    ///
    /// @param firstIndex of its entries, negative when it is a heartbeat
    record Sent(long firstIndex, Timestamp at) {
        boolean isHeartbeat() {
            return firstIndex < 0;
        }
    }

    synchronized void add(AppendEntriesRequestProto request) {
        long first = request.getEntriesCount() == 0 ? -1 : request.getEntries(0).getIndex();
        sent.put(request.getServerRequest().getCallId(), new Sent(first, Timestamp.currentTime()));
        withEntries += first < 0 ? 0 : 1;
    }

    /// The message with this call id, which is answered now; empty when it was forgotten.
    synchronized Optional<Sent> answered(long callId) {
        var answered = Optional.ofNullable(sent.remove(callId));
        withEntries -= answered.isPresent() && !answered.orElseThrow().isHeartbeat() ? 1 : 0;
        return answered;
    }

    /// How many of them carry entries.
    synchronized int withEntries() {
        return withEntries;
    }

    synchronized Optional<Sent> oldest() {
        return sent.values().stream().findFirst();
    }

    /// The first entry that is on its way.
    synchronized Optional<Long> firstEntry() {
        return sent.values().stream()
                .filter(message -> !message.isHeartbeat())
                .map(Sent::firstIndex)
                .findFirst();
    }

    synchronized void clear() {
        sent.clear();
        withEntries = 0;
    }
}
