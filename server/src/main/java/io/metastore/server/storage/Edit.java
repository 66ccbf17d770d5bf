package io.metastore.server.storage;

/// A mark in the nodes that one edit has made: only that edit may change them in place. It is compared by identity.
final class Edit {}
