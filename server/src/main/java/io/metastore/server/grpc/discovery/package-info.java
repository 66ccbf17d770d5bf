/// The founders of a cluster find each other through another cluster that serves etcd's API: the calls to it, and what
/// they mean.
@NullMarked
package io.metastore.server.grpc.discovery;

import org.jspecify.annotations.NullMarked;
