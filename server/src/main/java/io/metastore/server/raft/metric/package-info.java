/// Where Ratis reports its figures. Ratis finds the one implementation by itself, so there must be one.
@NullMarked
package io.metastore.server.raft.metric;

import org.jspecify.annotations.NullMarked;
