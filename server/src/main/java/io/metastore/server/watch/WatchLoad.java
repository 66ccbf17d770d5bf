package io.metastore.server.watch;

/// What the watches of a member amount to, for metrics.
///
/// @param behind watchers that read history at this moment
/// @param heldBytes changes that wait for clients, counted once for each watcher
/// @param waitingEvents how many changes that are; of those that are being sent the bytes are still held
public record WatchLoad(int streams, int watchers, int behind, long heldBytes, long waitingEvents) {}
