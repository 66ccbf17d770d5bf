/// Gathers commands into entries, sends them to the leader, and finds out what became of each.
@NullMarked
package io.metastore.server.raft.propose;

import org.jspecify.annotations.NullMarked;
