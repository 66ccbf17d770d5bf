package io.metastore.e2e.check;

import io.metastore.e2e.history.Answer;
import io.metastore.e2e.history.Answer.Result;
import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.Operation;
import io.metastore.e2e.history.Row;
import java.util.List;
import java.util.Optional;

/// Short words for histories that are written by hand. Times are milliseconds.
final class Told {
    private Told() {}

    static Operation told(int client, long start, long end, Call call, Answer answer) {
        return new Operation(client, "m" + client, start * 1_000_000, end * 1_000_000, call, answer);
    }

    static Call.Put put(String key, String value) {
        return Call.Put.of(key, value);
    }

    static Answer written(long revision) {
        return done(revision, new Result.Written(Optional.empty()));
    }

    static Answer written(long revision, Row previous) {
        return done(revision, new Result.Written(Optional.of(previous)));
    }

    static Answer deleted(long revision, long count) {
        return done(revision, new Result.Deleted(count, List.of()));
    }

    static Answer found(long revision, Row... rows) {
        return done(revision, new Result.Found(List.of(rows), rows.length, false));
    }

    static Answer done(long revision, Result... results) {
        return new Answer.Done(revision, true, List.of(results));
    }

    static Answer failed(long revision, Result... results) {
        return new Answer.Done(revision, false, List.of(results));
    }

    static Answer lost() {
        return new Answer.Lost("no answer");
    }

    static Answer refused(Answer.Reason reason) {
        return new Answer.Refused(reason);
    }

    /// A key that was put once.
    static Row row(String key, String value, long revision) {
        return new Row(key, value, revision, revision, 1, 0);
    }
}
