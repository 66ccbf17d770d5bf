package io.metastore.server.config;

/// How the founders of a cluster are found, when the settings do not name them.
public sealed interface Search permits DiscoveryConfig, DnsDiscovery {}
