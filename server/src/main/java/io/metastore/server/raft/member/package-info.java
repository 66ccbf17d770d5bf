/// Who votes and who is fed: it follows the table of members, which alone says who belongs to the cluster. Here it is
/// compared, brought in line step by step, and watched.
@NullMarked
package io.metastore.server.raft.member;

import org.jspecify.annotations.NullMarked;
