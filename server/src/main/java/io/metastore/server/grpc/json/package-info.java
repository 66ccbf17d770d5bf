/// Protobuf messages as JSON, written and read as Go does it: which inputs are taken, the words of each error and the
/// bytes of each output are those of etcd's gateway.
@NullMarked
package io.metastore.server.grpc.json;

import org.jspecify.annotations.NullMarked;
