package io.metastore.server.raft.transfer;

import com.google.protobuf.ByteString;
import io.metastore.proto.peer.v1.SnapshotRequest;
import io.metastore.proto.peer.v1.SnapshotRequest.Held;
import io.metastore.server.model.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a member that asks for a checkpoint has of contents already, so that it need not come again.
///
///     4f53…-67108864   67108864 bytes            all of it
///     90aa…-67108864    9437184 bytes, 17d0…     its beginning, with the sum of that
public record Holdings(Map<Content, Beginning> beginnings) {
    /// Of nothing.
    public static final Holdings NONE = new Holdings(Map.of());

    /// So a request stays far below what one message may have.
    private static final int MOST = 10_000;

    /// @param bytes at least 1
    /// @param sha256 of these bytes
    record Beginning(long bytes, ByteString sha256) {}

    /// Reads what another member says of itself; what cannot be is passed over.
    public static Holdings of(SnapshotRequest request) {
        var beginnings = new HashMap<Content, Beginning>();
        for (var held : request.getHeldList().subList(0, Math.min(MOST, request.getHeldCount()))) {
            if (held.getHeld() > 0
                    && held.getHeld() <= held.getSize()
                    && held.getHeldSha256().size() == Sha256.BYTES) {
                Content.of(held.getSha256(), held.getSize())
                        .ifPresent(content ->
                                beginnings.put(content, new Beginning(held.getHeld(), held.getHeldSha256())));
            }
        }
        return new Holdings(Map.copyOf(beginnings));
    }

    public boolean isEmpty() {
        return beginnings.isEmpty();
    }

    /// As it travels.
    public List<Held> encoded() {
        return beginnings.entrySet().stream()
                .limit(MOST)
                .map(each -> Held.newBuilder()
                        .setSha256(each.getKey().sha256())
                        .setSize(each.getKey().size())
                        .setHeld(each.getValue().bytes)
                        .setHeldSha256(each.getValue().sha256)
                        .build())
                .toList();
    }
}
