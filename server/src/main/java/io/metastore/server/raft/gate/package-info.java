/// What stands between Ratis and the network: one vote or append at a time, and nobody but peers.
@NullMarked
package io.metastore.server.raft.gate;

import org.jspecify.annotations.NullMarked;
