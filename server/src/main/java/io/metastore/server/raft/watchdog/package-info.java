/// Watches what Ratis does not: stuck disks, dead threads, silent peers, lost leadership. Rules are pure decisions over
/// what was seen and when; when in doubt about the own disk or threads, the process is halted and started anew.
@NullMarked
package io.metastore.server.raft.watchdog;

import org.jspecify.annotations.NullMarked;
