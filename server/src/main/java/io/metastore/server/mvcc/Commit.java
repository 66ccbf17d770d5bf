package io.metastore.server.mvcc;

import io.metastore.server.model.Event;
import java.util.List;

/// One transaction that raised the revision, to `revision`.
///
/// @param events in the order of the transaction's steps, never empty
public record Commit(long revision, List<Event> events) {}
