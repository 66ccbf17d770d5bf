/// Work in the background: clocks that run on the leader only and only ever propose, and the small steps of a
/// compaction.
@NullMarked
package io.metastore.server.upkeep;

import org.jspecify.annotations.NullMarked;
