/// How the leader's log reaches its followers: one sender for each of them, and the receiver at the other end. Ratis's
/// own senders do the same with three connections, four threads and a timer for each follower.
@NullMarked
package io.metastore.server.raft.append;

import org.jspecify.annotations.NullMarked;
