package io.metastore.server.request;

import io.metastore.server.model.KeyRange;

/// Deletes the keys in a range.
///
/// @param previous return what the keys held before
public record DeleteRange(KeyRange keys, boolean previous) implements Operation, Command {}
