@NullMarked
package io.metastore.server.raft.slow;

import org.jspecify.annotations.NullMarked;
