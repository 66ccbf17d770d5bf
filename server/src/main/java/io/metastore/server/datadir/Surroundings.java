package io.metastore.server.datadir;

import io.metastore.server.config.HostLookup;

/// Whom a member without data asks where it belongs.
///
/// @param cluster when it is to join a running one
/// @param hosts for peer URLs that are written in different ways
public record Surroundings(ExistingCluster cluster, HostLookup hosts) {}
