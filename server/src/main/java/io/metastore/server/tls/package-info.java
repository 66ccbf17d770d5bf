/// Certificates, keys and whom to trust, read from files and read again when these change. It knows `javax.net.ssl`
/// and no network library: `grpc` and `raft` carry its engines over theirs.
@NullMarked
package io.metastore.server.tls;

import org.jspecify.annotations.NullMarked;
