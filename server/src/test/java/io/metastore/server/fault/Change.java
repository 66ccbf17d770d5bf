package io.metastore.server.fault;

/// One put of the cluster's own history.
record Change(long revision, String key, String value) {}
