/// Calls between members beside Raft itself, on Ratis's port: confirmations, read indexes, forwarded entries,
/// leases.
@NullMarked
package io.metastore.server.raft.peer;

import org.jspecify.annotations.NullMarked;
