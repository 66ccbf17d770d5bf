/// Calls between members beside Raft itself, on Ratis's port: confirmations, read indexes, forwarded entries,
/// questions about leases, and the state of one for another.
@NullMarked
package io.metastore.server.raft.peer;

import org.jspecify.annotations.NullMarked;
