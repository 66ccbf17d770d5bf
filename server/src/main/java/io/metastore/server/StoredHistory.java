package io.metastore.server;

import io.metastore.server.consensus.HistoryHash;
import io.metastore.server.mvcc.HashResult;
import io.metastore.server.mvcc.MvccStore;
import io.metastore.server.request.Reason;
import io.metastore.server.upkeep.OwnHistory;
import java.util.List;

/// The store's history, as members compare it.
record StoredHistory(MvccStore store) implements OwnHistory {
    @Override
    public HistoryHash upTo(long revision) {
        return switch (store.hashKv(revision)) {
            case HashResult.Hash hash -> known(hash);
            case HashResult.Refused(var reason) ->
                reason == Reason.COMPACTED ? new HistoryHash.Compacted() : new HistoryHash.Future();
        };
    }

    @Override
    public List<HistoryHash.Known> ofCompactions() {
        return store.compactionHashes().stream().map(StoredHistory::known).toList();
    }

    private static HistoryHash.Known known(HashResult.Hash hash) {
        return new HistoryHash.Known(hash.hash(), hash.hashRevision(), hash.compactRevision(), hash.revision());
    }
}
