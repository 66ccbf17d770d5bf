/// Replication with Apache Ratis. The Ratis library, the log's and the peers' messages may be used here only.
@NullMarked
package io.metastore.server.raft;

import org.jspecify.annotations.NullMarked;
