package io.metastore.server.request;

/// Why a request was refused. Each protocol maps these once, in an exhaustive switch, to its own codes and texts.
public enum Reason {
    /// A put that keeps value or lease named a key that does not exist.
    KEY_NOT_FOUND,
    LEASE_NOT_FOUND,
    LEASE_EXISTS,
    LEASE_TTL_TOO_LARGE,
    /// The revision asked for was given up by a compaction.
    COMPACTED,
    /// The revision asked for does not exist yet.
    FUTURE_REVISION,
    /// The quota is used up, or the alarm for it is raised.
    NO_SPACE,
    /// The alarm for differing data is raised.
    CORRUPT,
    REQUEST_TOO_LARGE,
    /// More changes wait than this member takes.
    TOO_MANY_REQUESTS,
    NO_LEADER,
    /// The leader changed while the request was under way; a change was not made.
    LEADER_CHANGED,
    /// Nothing is known about a change that timed out: it may have been made, or still be.
    TIMED_OUT,
    /// As `TIMED_OUT`, and the leader was lost meanwhile.
    TIMED_OUT_LEADER_LOST,
    /// As `TIMED_OUT`, and this member has no connection to a majority.
    TIMED_OUT_CONNECTION_LOST,
    /// This member is stopping.
    STOPPED,
    NOT_LEADER
}
