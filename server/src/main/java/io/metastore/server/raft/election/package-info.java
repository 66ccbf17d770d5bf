/// When this member asks for leadership, and how it asks the others. Ratis decides over votes; its clock may let twice
/// the election timeout pass before it misses a leader, and its own connections for votes may be in a long pause.
@NullMarked
package io.metastore.server.raft.election;

import org.jspecify.annotations.NullMarked;
