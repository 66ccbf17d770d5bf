package io.metastore.server.grpc.gateway;

import io.grpc.Status;
import io.metastore.server.grpc.json.JsonWriter;
import io.metastore.server.http.Answer;
import io.metastore.server.model.Bytes;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.Objects;

/// Errors of calls as HTTP tells them. Source: grpc-gateway.
final class Errors {
    static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private static final HttpResponseStatus CLIENT_GONE = HttpResponseStatus.valueOf(499, "status code 499");

    private Errors() {}

    static Answer answer(Status status) {
        var answer = new Answer(
                httpStatus(status),
                JSON,
                Bytes.wrap(JsonWriter.error(status.getCode().value(), text(status))));
        return status.getCode() == Status.Code.UNAUTHENTICATED ? answer.with("WWW-Authenticate", text(status)) : answer;
    }

    /// As the last line of a stream.
    static byte[] line(Status status) {
        return JsonWriter.errorLine(status.getCode().value(), text(status));
    }

    static String text(Status status) {
        // A call's own clock is that of the gateway; grpc-go has these words for it.
        return status.getCode() == Status.Code.DEADLINE_EXCEEDED
                ? "context deadline exceeded"
                : Objects.requireNonNullElse(status.getDescription(), "");
    }

    static HttpResponseStatus httpStatus(Status status) {
        return switch (status.getCode()) {
            case OK -> HttpResponseStatus.OK;
            case CANCELLED -> CLIENT_GONE;
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> HttpResponseStatus.BAD_REQUEST;
            case DEADLINE_EXCEEDED -> HttpResponseStatus.GATEWAY_TIMEOUT;
            case NOT_FOUND -> HttpResponseStatus.NOT_FOUND;
            case ALREADY_EXISTS, ABORTED -> HttpResponseStatus.CONFLICT;
            case PERMISSION_DENIED -> HttpResponseStatus.FORBIDDEN;
            case UNAUTHENTICATED -> HttpResponseStatus.UNAUTHORIZED;
            case RESOURCE_EXHAUSTED -> HttpResponseStatus.TOO_MANY_REQUESTS;
            case UNIMPLEMENTED -> HttpResponseStatus.NOT_IMPLEMENTED;
            case UNAVAILABLE -> HttpResponseStatus.SERVICE_UNAVAILABLE;
            case UNKNOWN, INTERNAL, DATA_LOSS -> HttpResponseStatus.INTERNAL_SERVER_ERROR;
        };
    }
}
