/// The whole state in etcd's file format: written from the store as a stream, and taken over into an empty store. Here
/// is known what etcd keeps in which bucket; how files are laid out is known to `bolt`.
@NullMarked
package io.metastore.server.snapshot;

import org.jspecify.annotations.NullMarked;
