package io.metastore.server.raft.peer;

import io.metastore.proto.peer.v1.HistoryResponse;
import io.metastore.proto.peer.v1.HistoryResponse.NoHash;
import io.metastore.server.consensus.HistoryHash;

/// Hashes of histories as they travel between members.
public final class Histories {
    private Histories() {}

    public static HistoryResponse encode(HistoryHash hash) {
        var response = HistoryResponse.newBuilder();
        return switch (hash) {
            case HistoryHash.Known(var value, var hashRevision, var compactRevision, var revision) ->
                response.setHash(HistoryResponse.Hash.newBuilder()
                                .setHash(value)
                                .setHashRevision(hashRevision)
                                .setCompactRevision(compactRevision)
                                .setRevision(revision))
                        .build();
            case HistoryHash.Compacted _ -> response.setNoHash(NoHash.COMPACTED).build();
            case HistoryHash.Future _ ->
                response.setNoHash(NoHash.FUTURE_REVISION).build();
            case HistoryHash.Silent _ -> throw new IllegalArgumentException("silence cannot be sent");
        };
    }

    public static HistoryHash decode(HistoryResponse response) {
        return switch (response.getKindCase()) {
            case HASH -> {
                var hash = response.getHash();
                yield new HistoryHash.Known(
                        hash.getHash(), hash.getHashRevision(), hash.getCompactRevision(), hash.getRevision());
            }
            case NO_HASH ->
                response.getNoHash() == NoHash.COMPACTED ? new HistoryHash.Compacted() : new HistoryHash.Future();
            case KIND_NOT_SET -> new HistoryHash.Silent();
        };
    }
}
