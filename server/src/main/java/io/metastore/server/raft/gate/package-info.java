/// What stands between Ratis and the network: one vote or append at a time, nobody but peers, and the appenders
/// at hand.
@NullMarked
package io.metastore.server.raft.gate;

import org.jspecify.annotations.NullMarked;
