package io.metastore.server.raft.watchdog;

import java.util.List;

/// A decision over what was seen and when. It remembers earlier looks; it has no clock, thread or effect.
interface Rule {
    /// Looks once more.
    ///
    /// @param nowMillis time the process was awake, never going down; not that of a clock on the wall
    List<Action> examine(Observation seen, long nowMillis);
}
