package io.metastore.server.rest;

import io.metastore.server.http.Answer;
import io.metastore.server.model.Bytes;
import io.metastore.server.request.Reason;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.function.Function;

/// What is answered. The bodies of failures are those of the original; a header tells the cause.
///
/// @param texts what the cause is called
record Replies(Function<Reason, String> texts) {
    static final String REVISION = "X-MetaStore-Revision";
    private static final String ERROR = "X-MetaStore-Error";
    private static final String TAG = "ETag";
    private static final String BINARY = "application/octet-stream";

    /// What was tried.
    enum Call {
        PUT("Failed on PUT"),
        GET("Failed to GET"),
        DELETE("Failed on DELETE");

        private final String failure;

        Call(String failure) {
            this.failure = failure;
        }
    }

    static Answer done(long revision) {
        return new Answer(HttpResponseStatus.NO_CONTENT, Map.of(REVISION, Long.toString(revision)), Bytes.EMPTY);
    }

    static Answer value(long revision, long tag, Bytes value) {
        return new Answer(
                HttpResponseStatus.OK,
                Map.of("Content-Type", BINARY, REVISION, Long.toString(revision), TAG, Condition.tagOf(tag)),
                value);
    }

    static Answer tagged(Answer answer, long tag) {
        return answer.with(TAG, Condition.tagOf(tag));
    }

    static Answer unchanged(long revision, long tag) {
        return tagged(
                new Answer(HttpResponseStatus.NOT_MODIFIED, Map.of(REVISION, Long.toString(revision)), Bytes.EMPTY),
                tag);
    }

    static Answer absent(long revision) {
        return Answer.error(HttpResponseStatus.NOT_FOUND, Call.GET.failure).with(REVISION, Long.toString(revision));
    }

    /// The key is not as the request asked for.
    static Answer changed(Call call, long revision) {
        return Answer.error(HttpResponseStatus.PRECONDITION_FAILED, call.failure)
                .with(REVISION, Long.toString(revision));
    }

    static Answer bad(String what) {
        return Answer.error(HttpResponseStatus.BAD_REQUEST, what);
    }

    static Answer notAllowed() {
        return Answer.error(HttpResponseStatus.METHOD_NOT_ALLOWED, "Method not allowed")
                .with("Allow", "PUT, GET, DELETE");
    }

    /// As for etcd's clients: a learner may not have heard of what is asked for.
    static Answer ofLearner(Call call) {
        return Answer.error(HttpResponseStatus.SERVICE_UNAVAILABLE, call.failure)
                .with(ERROR, "etcdserver: rpc not supported for learner");
    }

    Answer refused(Call call, Reason reason) {
        var status = status(reason);
        var answer = Answer.error(status, call.failure).with(ERROR, texts.apply(reason));
        if (status.equals(HttpResponseStatus.UNAUTHORIZED)) {
            return answer.with("WWW-Authenticate", "Basic realm=\"metastore\", charset=\"UTF-8\"");
        }
        return status.equals(HttpResponseStatus.TOO_MANY_REQUESTS) ? answer.with("Retry-After", "1") : answer;
    }

    private static HttpResponseStatus status(Reason reason) {
        return switch (reason) {
            case LEASE_NOT_FOUND, LEASE_EXISTS, LEASE_TTL_TOO_LARGE, FUTURE_REVISION, PASSWORD_TOO_LONG ->
                HttpResponseStatus.BAD_REQUEST;
            case USER_EMPTY, INVALID_TOKEN, AUTH_FAILED, NO_PASSWORD_USER, OLD_AUTH_REVISION ->
                HttpResponseStatus.UNAUTHORIZED;
            case PERMISSION_DENIED -> HttpResponseStatus.FORBIDDEN;
            case KEY_NOT_FOUND -> HttpResponseStatus.NOT_FOUND;
            case COMPACTED -> HttpResponseStatus.GONE;
            case REQUEST_TOO_LARGE -> HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
            case TOO_MANY_REQUESTS -> HttpResponseStatus.TOO_MANY_REQUESTS;
            case NO_SPACE -> HttpResponseStatus.INSUFFICIENT_STORAGE;
            case NO_LEADER,
                    LEADER_CHANGED,
                    TIMED_OUT,
                    NOT_PROPOSED,
                    TIMED_OUT_LEADER_LOST,
                    TIMED_OUT_CONNECTION_LOST,
                    STOPPED,
                    NOT_LEADER -> HttpResponseStatus.SERVICE_UNAVAILABLE;
            case CORRUPT,
                    USER_EXISTS,
                    USER_NOT_FOUND,
                    ROLE_EMPTY,
                    ROLE_EXISTS,
                    ROLE_NOT_FOUND,
                    ROOT_USER_MISSING,
                    ROOT_ROLE_MISSING,
                    ROLE_NOT_GRANTED,
                    PERMISSION_NOT_GRANTED,
                    PERMISSION_NOT_GIVEN,
                    INVALID_AUTH_MANAGEMENT,
                    AUTH_NOT_ENABLED,
                    CANNOT_SIGN,
                    MEMBER_NOT_FOUND,
                    MEMBER_EXISTS,
                    PEER_URL_EXISTS,
                    MEMBER_URLS_INVALID,
                    MEMBER_NOT_LEARNER,
                    LEARNER_NOT_IN_SYNC,
                    TOO_MANY_LEARNERS,
                    NOT_ENOUGH_STARTED,
                    UNHEALTHY_CLUSTER,
                    BAD_TRANSFEREE,
                    TRANSFER_TIMED_OUT,
                    MEMBERS_CHANGED,
                    MEMBERS_CHANGING,
                    QUORUM_AT_RISK,
                    NO_HEIR,
                    DOWNGRADE_TARGET_INVALID,
                    DOWNGRADE_IN_PROGRESS -> HttpResponseStatus.INTERNAL_SERVER_ERROR;
        };
    }
}
