package io.metastore.server.rest;

import io.metastore.server.http.Answer;
import io.metastore.server.http.Exchange;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.node.Credentials;
import io.metastore.server.node.Node;
import io.metastore.server.request.Command;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.Operation;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Put;
import io.metastore.server.request.Range;
import io.metastore.server.request.Reason;
import io.metastore.server.request.Txn;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads and changes of single keys.
record KeyCalls(Node node, Replies replies) {
    void store(Credentials who, Ask.Store ask, Exchange exchange) {
        if ((long) ask.key().length() + ask.value().length() > node.limits().maxRequestBytes()) {
            exchange.answer(replies.refused(Replies.Call.PUT, Reason.REQUEST_TOO_LARGE));
            return;
        }
        switch (ask.tie()) {
            case Ask.Tie.ForEver _ -> put(who, ask, LeaseId.NONE, answering(Replies.Call.PUT, exchange));
            case Ask.Tie.OfLease(var lease) -> put(who, ask, lease, answering(Replies.Call.PUT, exchange));
            case Ask.Tie.Seconds(var ttl) -> putWithLease(who, ask, ttl, exchange);
        }
    }

    /// The lease is only this key's, so it goes when the key is not stored.
    private void putWithLease(Credentials who, Ask.Store ask, long ttl, Exchange exchange) {
        var answer = answering(Replies.Call.PUT, exchange);
        node.grantLease(who, LeaseId.NONE, ttl, granted -> {
            switch (granted) {
                case Outcome.LeaseGranted(var _, var lease, var _) ->
                    put(who, ask, lease, outcome -> {
                        if (!isStored(outcome)) {
                            node.execute(who, new Command.RevokeLease(lease), _ -> {});
                        }
                        answer.accept(outcome);
                    });
                case Outcome.Refused _, Outcome.Done _ -> answer.accept(granted);
            }
        });
    }

    private static boolean isStored(Outcome outcome) {
        return switch (outcome) {
            case Outcome.PutDone _ -> true;
            case Outcome.TxnDone(var _, var succeeded, var _) -> succeeded;
            case Outcome.Refused _, Outcome.Done _ -> false;
        };
    }

    private void put(Credentials who, Ask.Store ask, LeaseId lease, Consumer<Outcome> reply) {
        var put = new Put(ask.key(), ask.value(), lease, false, false, false);
        node.executeWithinQuota(who, ask.condition().isNone() ? put : only(ask.condition(), ask.key(), put), reply);
    }

    void remove(Credentials who, Ask.Remove ask, Exchange exchange) {
        var delete = new DeleteRange(KeyRange.single(ask.key()), false);
        node.execute(
                who,
                ask.condition().isNone() ? delete : only(ask.condition(), ask.key(), delete),
                answering(Replies.Call.DELETE, exchange));
    }

    /// Otherwise the key is read, so that the answer can tell its tag.
    private static Txn only(Condition condition, Bytes key, Operation change) {
        return new Txn(condition.compares(key), List.of(change), List.of(Range.of(KeyRange.single(key))));
    }

    private Consumer<Outcome> answering(Replies.Call call, Exchange exchange) {
        return outcome -> exchange.answer(
                switch (outcome) {
                    case Outcome.Refused(var reason) -> replies.refused(call, reason);
                    case Outcome.PutDone(var revision, var _) -> Replies.tagged(Replies.done(revision), revision);
                    case Outcome.DeleteDone(var revision, var _, var _) -> Replies.done(revision);
                    case Outcome.TxnDone(var revision, var succeeded, var results) ->
                        succeeded ? changed(call, revision) : unchanged(call, revision, results);
                    case Outcome.Done other -> throw new IllegalStateException("a change was answered with " + other);
                });
    }

    private static Answer changed(Replies.Call call, long revision) {
        return switch (call) {
            case PUT -> Replies.tagged(Replies.done(revision), revision);
            case DELETE, GET -> Replies.done(revision);
        };
    }

    private static Answer unchanged(Replies.Call call, long revision, List<Outcome.Result> results) {
        var answer = Replies.changed(call, revision);
        return found(results.getFirst())
                .map(row -> Replies.tagged(answer, row.modRevision()))
                .orElse(answer);
    }

    private static Optional<KeyValue> found(Outcome outcome) {
        return switch (outcome) {
            case Outcome.RangeDone(var _, var rows, var _, var _) ->
                rows.stream().findFirst();
            case Outcome.Refused _, Outcome.Done _ -> Optional.empty();
        };
    }

    void fetch(Credentials who, Ask.Fetch ask, Exchange exchange) {
        var range = new Range(
                KeyRange.single(ask.key()),
                0,
                ask.revision(),
                Range.Sort.NONE,
                Range.Detail.FULL,
                Range.RevisionBounds.NONE,
                false);
        node.read(
                who,
                range,
                exchange.loop(),
                outcome -> exchange.answer(
                        switch (outcome) {
                            case Outcome.Refused(var reason) -> replies.refused(Replies.Call.GET, reason);
                            case Outcome.Done done -> fetched(ask.condition(), done.revision(), found(done));
                        }));
    }

    private static Answer fetched(Condition condition, long revision, Optional<KeyValue> found) {
        if (!condition.matches(found)) {
            var answer = Replies.changed(Replies.Call.GET, revision);
            return found.map(row -> Replies.tagged(answer, row.modRevision())).orElse(answer);
        }
        if (found.isEmpty()) {
            return Replies.absent(revision);
        }
        var row = found.get();
        return condition.isKnown(found)
                ? Replies.unchanged(revision, row.modRevision())
                : Replies.value(revision, row.modRevision(), row.value());
    }
}
