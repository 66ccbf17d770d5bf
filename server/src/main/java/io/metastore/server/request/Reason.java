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
    /// No leader took it before its time was up: it was not made.
    NOT_PROPOSED,
    /// As `TIMED_OUT`, and the leader was lost meanwhile.
    TIMED_OUT_LEADER_LOST,
    /// As `TIMED_OUT`, and this member has no connection to a majority.
    TIMED_OUT_CONNECTION_LOST,
    /// This member is stopping.
    STOPPED,
    NOT_LEADER,
    /// Users are known, and the client did not say who it is; or a user without a name was to be made.
    USER_EMPTY,
    USER_EXISTS,
    USER_NOT_FOUND,
    ROLE_EMPTY,
    ROLE_EXISTS,
    ROLE_NOT_FOUND,
    /// Auth cannot be switched on without the user root.
    ROOT_USER_MISSING,
    /// Auth cannot be switched on while the user root has not the role root.
    ROOT_ROLE_MISSING,
    ROLE_NOT_GRANTED,
    PERMISSION_NOT_GRANTED,
    PERMISSION_NOT_GIVEN,
    PERMISSION_DENIED,
    /// A range that is none, or a change that would leave nobody to administer.
    INVALID_AUTH_MANAGEMENT,
    /// User or password is wrong.
    AUTH_FAILED,
    /// A user who has no password tried to give one.
    NO_PASSWORD_USER,
    AUTH_NOT_ENABLED,
    /// Users or roles changed since it was found out who the client is: it should say so again.
    OLD_AUTH_REVISION,
    INVALID_TOKEN,
    /// Tokens can be checked here, and none be made.
    CANNOT_SIGN,
    PASSWORD_TOO_LONG,
    /// There is no such member, or it was removed.
    MEMBER_NOT_FOUND,
    MEMBER_EXISTS,
    PEER_URL_EXISTS,
    MEMBER_URLS_INVALID,
    MEMBER_NOT_LEARNER,
    /// The learner lacks too much of the log to become a voter.
    LEARNER_NOT_IN_SYNC,
    TOO_MANY_LEARNERS,
    /// After the change too few of the voters would have ever started.
    NOT_ENOUGH_STARTED,
    /// The change could cost the majority, since not all voters are connected.
    UNHEALTHY_CLUSTER,
    /// Leadership was to go to somebody who cannot have it.
    BAD_TRANSFEREE,
    TRANSFER_TIMED_OUT,
    /// The members are not those that the change was for.
    MEMBERS_CHANGED,
    /// One change of the members at a time.
    MEMBERS_CHANGING,
    /// A member was to stop that the majority needs.
    QUORUM_AT_RISK,
    /// Nobody could lead in the place of the leader.
    NO_HEIR,
    /// Not the release below that of the cluster.
    DOWNGRADE_TARGET_INVALID,
    DOWNGRADE_IN_PROGRESS
}
