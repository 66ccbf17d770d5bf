package io.metastore.server.snapshot;

/// What is told of a file.
///
/// @param hash CRC-32C of the names and rows of all buckets
/// @param revision of the last change, 0 when there is none
/// @param totalKeys that are there at that revision
/// @param totalSize of all pages, in bytes
/// @param version of the schema; empty when the file does not say, as those of etcd before 3.6
public record SnapshotStatus(int hash, long revision, long totalKeys, long totalSize, String version) {}
