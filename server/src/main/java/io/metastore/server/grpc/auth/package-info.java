/// etcd's Auth service, and what a call shows of who makes it.
@NullMarked
package io.metastore.server.grpc.auth;

import org.jspecify.annotations.NullMarked;
