/// The JSON gateway: etcd's calls over HTTP/1.1. Each path stands for a method, which is called as a client would.
@NullMarked
package io.metastore.server.grpc.gateway;

import org.jspecify.annotations.NullMarked;
