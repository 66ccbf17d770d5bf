package io.metastore.e2e.wire;

import etcdserverpb.DeleteRangeResponse;
import etcdserverpb.PutResponse;
import etcdserverpb.RangeResponse;
import etcdserverpb.ResponseOp;
import etcdserverpb.TxnResponse;
import etcdserverpb.WatchResponse;
import io.grpc.Status;
import io.metastore.e2e.history.Answer;
import io.metastore.e2e.history.Answer.Reason;
import io.metastore.e2e.history.Answer.Result;
import io.metastore.e2e.history.Event;
import io.metastore.e2e.history.Row;
import io.metastore.e2e.history.Watch;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import mvccpb.Event.EventType;
import mvccpb.KeyValue;

/// Etcd's responses as answers.
final class Answers {
    /// Errors that say for certain that nothing has happened; all others leave it open.
    private static final Map<String, Reason> REFUSALS = Map.of(
            "etcdserver: mvcc: required revision has been compacted", Reason.COMPACTED,
            "etcdserver: mvcc: required revision is a future revision", Reason.FUTURE_REVISION,
            "etcdserver: requested lease not found", Reason.LEASE_NOT_FOUND,
            "etcdserver: lease already exists", Reason.LEASE_EXISTS);

    private Answers() {}

    static Answer put(PutResponse response) {
        return done(response.getHeader().getRevision(), written(response));
    }

    static Answer delete(DeleteRangeResponse response) {
        return done(response.getHeader().getRevision(), deleted(response));
    }

    static Answer range(RangeResponse response) {
        return done(response.getHeader().getRevision(), found(response));
    }

    static Answer txn(TxnResponse response) {
        return new Answer.Done(
                response.getHeader().getRevision(),
                response.getSucceeded(),
                response.getResponsesList().stream().map(Answers::step).toList());
    }

    static Answer done(long revision, Result... results) {
        return new Answer.Done(revision, true, List.of(results));
    }

    static Answer error(Status status) {
        var text = Objects.requireNonNullElse(status.getDescription(), "");
        var reason = REFUSALS.get(text);
        return reason == null ? new Answer.Lost(status.getCode() + " " + text) : new Answer.Refused(reason);
    }

    static Watch.Told told(WatchResponse response) {
        long revision = response.getHeader().getRevision();
        if (response.getCanceled()) {
            return new Watch.Canceled(response.getCompactRevision(), response.getCancelReason());
        }
        if (response.getCreated()) {
            return new Watch.Created(revision);
        }
        return response.getEventsCount() == 0
                ? new Watch.Progress(revision)
                : new Watch.Events(
                        revision,
                        response.getEventsList().stream().map(Answers::event).toList());
    }

    private static Event event(mvccpb.Event event) {
        var row = row(event.getKv());
        return new Event(
                event.getType() == EventType.DELETE ? Row.deleted(row.key(), row.mod()) : row,
                event.hasPrevKv() ? Optional.of(row(event.getPrevKv())) : Optional.empty());
    }

    private static Result step(ResponseOp response) {
        return switch (response.getResponseCase()) {
            case RESPONSE_PUT -> written(response.getResponsePut());
            case RESPONSE_DELETE_RANGE -> deleted(response.getResponseDeleteRange());
            case RESPONSE_RANGE -> found(response.getResponseRange());
            case RESPONSE_TXN, RESPONSE_NOT_SET ->
                throw new IllegalStateException("an answer to what was not asked: " + response);
        };
    }

    private static Result written(PutResponse response) {
        return new Result.Written(response.hasPrevKv() ? Optional.of(row(response.getPrevKv())) : Optional.empty());
    }

    private static Result deleted(DeleteRangeResponse response) {
        return new Result.Deleted(
                response.getDeleted(),
                response.getPrevKvsList().stream().map(Answers::row).toList());
    }

    private static Result found(RangeResponse response) {
        return new Result.Found(
                response.getKvsList().stream().map(Answers::row).toList(), response.getCount(), response.getMore());
    }

    private static Row row(KeyValue row) {
        return new Row(
                row.getKey().toStringUtf8(),
                row.getValue().toStringUtf8(),
                row.getCreateRevision(),
                row.getModRevision(),
                row.getVersion(),
                row.getLease());
    }
}
