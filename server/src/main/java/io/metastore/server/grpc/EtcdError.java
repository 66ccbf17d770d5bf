package io.metastore.server.grpc;

import io.grpc.Status;
import io.metastore.server.request.Reason;
import java.util.Locale;

/// The errors that etcd's clients know, with the code and the text that go over the wire. Clients match
/// on the text, so each is etcd's own, byte for byte.
///
/// Source: the server-side errors of etcd 3.7 (api/v3rpc/rpctypes). `TOO_MANY_REQUESTS` and
/// `NOT_ENOUGH_STARTED` reach the wire as `UNKNOWN` because etcd returns its client-side values there,
/// which carry no gRPC status. Those of our own begin with "metastore: ", and etcd's clients never meet them.
public enum EtcdError {
    EMPTY_KEY(Status.Code.INVALID_ARGUMENT, "etcdserver: key is not provided"),
    KEY_NOT_FOUND(Status.Code.INVALID_ARGUMENT, "etcdserver: key not found"),
    VALUE_PROVIDED(Status.Code.INVALID_ARGUMENT, "etcdserver: value is provided"),
    LEASE_PROVIDED(Status.Code.INVALID_ARGUMENT, "etcdserver: lease is provided"),
    TOO_MANY_OPERATIONS(Status.Code.INVALID_ARGUMENT, "etcdserver: too many operations in txn request"),
    DUPLICATE_KEY(Status.Code.INVALID_ARGUMENT, "etcdserver: duplicate key given in txn request"),
    INVALID_CLIENT_API_VERSION(Status.Code.INVALID_ARGUMENT, "etcdserver: invalid client api version"),
    INVALID_SORT_OPTION(Status.Code.INVALID_ARGUMENT, "etcdserver: invalid sort option"),
    REQUEST_TOO_LARGE(Status.Code.INVALID_ARGUMENT, "etcdserver: request is too large"),
    WRONG_DOWNGRADE_FORMAT(Status.Code.INVALID_ARGUMENT, "etcdserver: wrong downgrade target version format"),
    INVALID_DOWNGRADE_TARGET(Status.Code.INVALID_ARGUMENT, "etcdserver: invalid downgrade target version"),
    DOWNGRADE_IN_PROGRESS(Status.Code.FAILED_PRECONDITION, "etcdserver: cluster has a downgrade job in progress"),
    UNKNOWN_METHOD(Status.Code.UNKNOWN, "etcdserver: unknown method"),
    STREAM_SORT_ORDER(Status.Code.UNIMPLEMENTED, "RangeStream does not support custom sort orders"),
    STREAM_REVISION_FILTER(Status.Code.UNIMPLEMENTED, "RangeStream does not support revision filters"),

    USER_EMPTY(Status.Code.INVALID_ARGUMENT, "etcdserver: user name is empty"),
    USER_EXISTS(Status.Code.FAILED_PRECONDITION, "etcdserver: user name already exists"),
    USER_NOT_FOUND(Status.Code.FAILED_PRECONDITION, "etcdserver: user name not found"),
    ROLE_EMPTY(Status.Code.INVALID_ARGUMENT, "etcdserver: role name is empty"),
    ROLE_EXISTS(Status.Code.FAILED_PRECONDITION, "etcdserver: role name already exists"),
    ROLE_NOT_FOUND(Status.Code.FAILED_PRECONDITION, "etcdserver: role name not found"),
    ROOT_USER_MISSING(Status.Code.FAILED_PRECONDITION, "etcdserver: root user does not exist"),
    ROOT_ROLE_MISSING(Status.Code.FAILED_PRECONDITION, "etcdserver: root user does not have root role"),
    ROLE_NOT_GRANTED(Status.Code.FAILED_PRECONDITION, "etcdserver: role is not granted to the user"),
    PERMISSION_NOT_GRANTED(Status.Code.FAILED_PRECONDITION, "etcdserver: permission is not granted to the role"),
    PERMISSION_NOT_GIVEN(Status.Code.INVALID_ARGUMENT, "etcdserver: permission not given"),
    PERMISSION_DENIED(Status.Code.PERMISSION_DENIED, "etcdserver: permission denied"),
    INVALID_AUTH_MANAGEMENT(Status.Code.INVALID_ARGUMENT, "etcdserver: invalid auth management"),
    AUTH_FAILED(Status.Code.INVALID_ARGUMENT, "etcdserver: authentication failed, invalid user ID or password"),
    NO_PASSWORD_USER(Status.Code.UNKNOWN, "auth: authentication failed, password was given for no password user"),
    AUTH_NOT_ENABLED(Status.Code.FAILED_PRECONDITION, "etcdserver: authentication is not enabled"),
    OLD_AUTH_REVISION(Status.Code.INVALID_ARGUMENT, "etcdserver: revision of auth store is old"),
    INVALID_TOKEN(Status.Code.UNAUTHENTICATED, "etcdserver: invalid auth token"),
    CANNOT_SIGN(Status.Code.UNKNOWN, "auth: token signing attempted with verify-only key"),
    PASSWORD_TOO_LONG(Status.Code.UNKNOWN, "bcrypt: password length exceeds 72 bytes"),

    COMPACTED(Status.Code.OUT_OF_RANGE, "etcdserver: mvcc: required revision has been compacted"),
    FUTURE_REVISION(Status.Code.OUT_OF_RANGE, "etcdserver: mvcc: required revision is a future revision"),
    NO_SPACE(Status.Code.RESOURCE_EXHAUSTED, "etcdserver: mvcc: database space exceeded"),
    TOO_MANY_REQUESTS(Status.Code.UNKNOWN, "etcdserver: too many requests"),

    LEASE_NOT_FOUND(Status.Code.NOT_FOUND, "etcdserver: requested lease not found"),
    LEASE_EXISTS(Status.Code.FAILED_PRECONDITION, "etcdserver: lease already exists"),
    LEASE_TTL_TOO_LARGE(Status.Code.OUT_OF_RANGE, "etcdserver: too large lease TTL"),

    WATCH_CANCELED(Status.Code.CANCELLED, "etcdserver: watch canceled"),

    NO_LEADER(Status.Code.UNAVAILABLE, "etcdserver: no leader"),
    NOT_LEADER(Status.Code.FAILED_PRECONDITION, "etcdserver: not leader"),
    LEADER_CHANGED(Status.Code.UNAVAILABLE, "etcdserver: leader changed"),
    STOPPED(Status.Code.UNAVAILABLE, "etcdserver: server stopped"),
    TIMED_OUT(Status.Code.UNAVAILABLE, "etcdserver: request timed out"),
    TIMED_OUT_LEADER_LOST(
            Status.Code.UNAVAILABLE, "etcdserver: request timed out, possibly due to previous leader failure"),
    TIMED_OUT_CONNECTION_LOST(
            Status.Code.UNAVAILABLE, "etcdserver: request timed out, possibly due to connection lost"),
    /// As Go's context says it.
    DEADLINE_EXCEEDED(Status.Code.DEADLINE_EXCEEDED, "context deadline exceeded"),
    CORRUPT(Status.Code.DATA_LOSS, "etcdserver: corrupt cluster"),
    MEMBER_NOT_FOUND(Status.Code.NOT_FOUND, "etcdserver: member not found"),
    MEMBER_EXISTS(Status.Code.FAILED_PRECONDITION, "etcdserver: member ID already exist"),
    PEER_URL_EXISTS(Status.Code.FAILED_PRECONDITION, "etcdserver: Peer URLs already exists"),
    MEMBER_URLS_INVALID(Status.Code.INVALID_ARGUMENT, "etcdserver: given member URLs are invalid"),
    MEMBER_NOT_LEARNER(Status.Code.FAILED_PRECONDITION, "etcdserver: can only promote a learner member"),
    LEARNER_NOT_IN_SYNC(
            Status.Code.FAILED_PRECONDITION,
            "etcdserver: can only promote a learner member which is in sync with leader"),
    TOO_MANY_LEARNERS(Status.Code.FAILED_PRECONDITION, "etcdserver: too many learner members in cluster"),
    NOT_ENOUGH_STARTED(Status.Code.UNKNOWN, "etcdserver: re-configuration failed due to not enough started members"),
    UNHEALTHY_CLUSTER(Status.Code.UNAVAILABLE, "etcdserver: unhealthy cluster"),
    BAD_TRANSFEREE(Status.Code.FAILED_PRECONDITION, "etcdserver: bad leader transferee"),
    TRANSFER_TIMED_OUT(Status.Code.UNKNOWN, "etcdserver: request timed out, leader transfer took too long"),
    MEMBERS_CHANGED(Status.Code.ABORTED, "metastore: the members are not those that were expected"),
    MEMBERS_CHANGING(Status.Code.FAILED_PRECONDITION, "metastore: another change of the members is not complete"),
    QUORUM_AT_RISK(Status.Code.FAILED_PRECONDITION, "metastore: too few voters would be left"),
    NO_HEIR(Status.Code.FAILED_PRECONDITION, "metastore: there is nobody to hand leadership to"),
    NOT_CAPABLE(Status.Code.FAILED_PRECONDITION, "etcdserver: not capable"),
    NOT_FOR_LEARNERS(Status.Code.FAILED_PRECONDITION, "etcdserver: rpc not supported for learner");

    private final Status.Code code;
    private final String text;

    EtcdError(Status.Code code, String text) {
        this.code = code;
        this.text = text;
    }

    /// The error that stands for `reason`, whatever the request was.
    public static EtcdError of(Reason reason) {
        return switch (reason) {
            case KEY_NOT_FOUND -> KEY_NOT_FOUND;
            case LEASE_NOT_FOUND -> LEASE_NOT_FOUND;
            case LEASE_EXISTS -> LEASE_EXISTS;
            case LEASE_TTL_TOO_LARGE -> LEASE_TTL_TOO_LARGE;
            case COMPACTED -> COMPACTED;
            case FUTURE_REVISION -> FUTURE_REVISION;
            case NO_SPACE -> NO_SPACE;
            case CORRUPT -> CORRUPT;
            case REQUEST_TOO_LARGE -> REQUEST_TOO_LARGE;
            case TOO_MANY_REQUESTS -> TOO_MANY_REQUESTS;
            case NO_LEADER -> NO_LEADER;
            case LEADER_CHANGED -> LEADER_CHANGED;
            case TIMED_OUT -> TIMED_OUT;
            case NOT_PROPOSED -> DEADLINE_EXCEEDED;
            case TIMED_OUT_LEADER_LOST -> TIMED_OUT_LEADER_LOST;
            case TIMED_OUT_CONNECTION_LOST -> TIMED_OUT_CONNECTION_LOST;
            case STOPPED -> STOPPED;
            case NOT_LEADER -> NOT_LEADER;
            case USER_EMPTY -> USER_EMPTY;
            case USER_EXISTS -> USER_EXISTS;
            case USER_NOT_FOUND -> USER_NOT_FOUND;
            case ROLE_EMPTY -> ROLE_EMPTY;
            case ROLE_EXISTS -> ROLE_EXISTS;
            case ROLE_NOT_FOUND -> ROLE_NOT_FOUND;
            case ROOT_USER_MISSING -> ROOT_USER_MISSING;
            case ROOT_ROLE_MISSING -> ROOT_ROLE_MISSING;
            case ROLE_NOT_GRANTED -> ROLE_NOT_GRANTED;
            case PERMISSION_NOT_GRANTED -> PERMISSION_NOT_GRANTED;
            case PERMISSION_NOT_GIVEN -> PERMISSION_NOT_GIVEN;
            case PERMISSION_DENIED -> PERMISSION_DENIED;
            case INVALID_AUTH_MANAGEMENT -> INVALID_AUTH_MANAGEMENT;
            case AUTH_FAILED -> AUTH_FAILED;
            case NO_PASSWORD_USER -> NO_PASSWORD_USER;
            case AUTH_NOT_ENABLED -> AUTH_NOT_ENABLED;
            case OLD_AUTH_REVISION -> OLD_AUTH_REVISION;
            case INVALID_TOKEN -> INVALID_TOKEN;
            case CANNOT_SIGN -> CANNOT_SIGN;
            case PASSWORD_TOO_LONG -> PASSWORD_TOO_LONG;
            case MEMBER_NOT_FOUND -> MEMBER_NOT_FOUND;
            case MEMBER_EXISTS -> MEMBER_EXISTS;
            case PEER_URL_EXISTS -> PEER_URL_EXISTS;
            case MEMBER_URLS_INVALID -> MEMBER_URLS_INVALID;
            case MEMBER_NOT_LEARNER -> MEMBER_NOT_LEARNER;
            case LEARNER_NOT_IN_SYNC -> LEARNER_NOT_IN_SYNC;
            case TOO_MANY_LEARNERS -> TOO_MANY_LEARNERS;
            case NOT_ENOUGH_STARTED -> NOT_ENOUGH_STARTED;
            case UNHEALTHY_CLUSTER -> UNHEALTHY_CLUSTER;
            case BAD_TRANSFEREE -> BAD_TRANSFEREE;
            case TRANSFER_TIMED_OUT -> TRANSFER_TIMED_OUT;
            case MEMBERS_CHANGED -> MEMBERS_CHANGED;
            case MEMBERS_CHANGING -> MEMBERS_CHANGING;
            case QUORUM_AT_RISK -> QUORUM_AT_RISK;
            case NO_HEIR -> NO_HEIR;
            case DOWNGRADE_TARGET_INVALID -> INVALID_DOWNGRADE_TARGET;
            case DOWNGRADE_IN_PROGRESS -> DOWNGRADE_IN_PROGRESS;
        };
    }

    public String text() {
        return text;
    }

    /// As Go prints it, which is how a watch tells why it was not opened.
    ///
    ///     rpc error: code = PermissionDenied desc = etcdserver: permission denied
    String printed() {
        var name = new StringBuilder();
        for (var word : code.name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return "rpc error: code = " + name + " desc = " + text;
    }

    public Status status() {
        return code.toStatus().withDescription(text);
    }
}
