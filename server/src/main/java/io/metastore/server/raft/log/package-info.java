/// What is checked of Ratis's log and settings before a member starts. A crash's leftovers are repaired; a member that
/// may have lost what it acknowledged is refused.
@NullMarked
package io.metastore.server.raft.log;

import org.jspecify.annotations.NullMarked;
