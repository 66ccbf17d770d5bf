package io.metastore.server.grpc;

import io.grpc.Status;
import io.metastore.server.request.Reason;

/// The errors that etcd's clients know, with the code and the text that go over the wire. Clients match on the
/// text, so each is etcd's own, byte for byte.
///
/// Source: the server-side errors of etcd 3.7 (api/v3rpc/rpctypes). `TOO_MANY_REQUESTS` reaches the wire as
/// `UNKNOWN` because etcd returns its client-side value there, which carries no gRPC status.
enum EtcdError {
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
    UNKNOWN_METHOD(Status.Code.UNKNOWN, "etcdserver: unknown method"),
    STREAM_SORT_ORDER(Status.Code.UNIMPLEMENTED, "RangeStream does not support custom sort orders"),
    STREAM_REVISION_FILTER(Status.Code.UNIMPLEMENTED, "RangeStream does not support revision filters"),

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
    CORRUPT(Status.Code.DATA_LOSS, "etcdserver: corrupt cluster"),
    NOT_CAPABLE(Status.Code.FAILED_PRECONDITION, "etcdserver: not capable"),
    NOT_FOR_LEARNERS(Status.Code.FAILED_PRECONDITION, "etcdserver: rpc not supported for learner");

    private final Status.Code code;
    private final String text;

    EtcdError(Status.Code code, String text) {
        this.code = code;
        this.text = text;
    }

    /// The error that stands for `reason`, whatever the request was.
    static EtcdError of(Reason reason) {
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
            case TIMED_OUT_LEADER_LOST -> TIMED_OUT_LEADER_LOST;
            case TIMED_OUT_CONNECTION_LOST -> TIMED_OUT_CONNECTION_LOST;
            case STOPPED -> STOPPED;
            case NOT_LEADER -> NOT_LEADER;
        };
    }

    String text() {
        return text;
    }

    Status status() {
        return code.toStatus().withDescription(text);
    }
}
