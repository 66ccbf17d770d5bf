package io.metastore.server.raft.read;

import java.util.concurrent.CompletableFuture;

/// Finds out how far a member must have applied the log to answer a linearizable read.
@FunctionalInterface
public interface IndexSource {
    /// An index that covers everything that was acknowledged anywhere before this call, found by asking after this
    /// call. Fails when leadership could not be confirmed.
    CompletableFuture<Long> readIndex();
}
