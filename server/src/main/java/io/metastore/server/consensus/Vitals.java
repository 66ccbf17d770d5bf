package io.metastore.server.consensus;

import java.util.OptionalLong;

/// What a member says of its program and its disk; what it cannot tell is empty.
///
/// @param version of this program
/// @param featureLevel the newest release of etcd's API that it can behave as
/// @param engine that holds its keys, `none` for a witness
/// @param logBytes of the Raft log's files
/// @param dbBytes of the key space, as etcd tells it
/// @param freeBytes on the volume of its data
public record Vitals(
        String version,
        String featureLevel,
        String engine,
        OptionalLong logBytes,
        OptionalLong dbBytes,
        OptionalLong freeBytes) {}
