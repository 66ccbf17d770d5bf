/// Streams between members: what answers on one has in common, whatever it is asked. Each part of `raft` that serves
/// streams on the peer port answers through it.
@NullMarked
package io.metastore.server.raft.stream;

import org.jspecify.annotations.NullMarked;
