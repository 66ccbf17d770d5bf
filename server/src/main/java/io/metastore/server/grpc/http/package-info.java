/// What the client port answers to plain HTTP: the pages about this member. It knows nothing of gRPC's calls.
@NullMarked
package io.metastore.server.grpc.http;

import org.jspecify.annotations.NullMarked;
