/// Moving leadership from this member to another. Whoever wants that, for a planned stop, as a remedy or after a
/// failure, asks Ratis for it here.
@NullMarked
package io.metastore.server.raft.leader;

import org.jspecify.annotations.NullMarked;
