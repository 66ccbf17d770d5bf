package io.metastore.server.cli.original;

/// A flag of etcd's, and what the original's form sets it to.
///
/// @param origin how messages call the place that says so
/// @param isFirm whether it counts also where etcd's form says something else, so that both together are a conflict;
///     otherwise etcd's form wins
public record Assignment(String flag, String value, String origin, boolean isFirm) {}
