/// Locks and elections, made of the store's own keys, leases and watches, as a client of it would make them. Nothing
/// is kept here between calls: a member that takes over finds all of it in the key space.
@NullMarked
package io.metastore.server.grpc.lock;

import org.jspecify.annotations.NullMarked;
