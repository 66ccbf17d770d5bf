/// Linearizable reads: rounds of confirmations, and readers that wait until this member has applied enough.
@NullMarked
package io.metastore.server.raft.read;

import org.jspecify.annotations.NullMarked;
