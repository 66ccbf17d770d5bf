package io.metastore.server.request;

import io.metastore.server.model.Alarm;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Member;
import io.metastore.server.model.Permission;
import java.util.List;

/// What became of a command or a read. A refusal is an answer to the client, not an exception.
public sealed interface Outcome {
    /// The request changed nothing and has no result. Each protocol maps the reason to its own error.
    record Refused(Reason reason) implements Outcome {}

    /// The request was carried out. `revision` is the store's revision afterwards, for a read the one at the read.
    sealed interface Done extends Outcome {
        long revision();
    }

    /// The result of one step of a transaction; a request of one step has it as its whole result.
    sealed interface Result extends Done {}

    /// A put was carried out.
    ///
    /// @param previous what the key held before, if that was asked for and there was something
    record PutDone(long revision, List<KeyValue> previous) implements Result {}

    /// A delete was carried out.
    ///
    /// @param deleted how many keys were deleted
    /// @param previous what they held before, in the order of the keys, if that was asked for
    record DeleteDone(long revision, long deleted, List<KeyValue> previous) implements Result {}

    /// A read.
    ///
    /// @param more whether keys beyond the limit were left out
    /// @param count the keys in the range, whatever the limit and the revision bounds
    record RangeDone(long revision, List<KeyValue> keyValues, boolean more, long count) implements Result {}

    /// A transaction was carried out, in one of its branches.
    ///
    /// @param results one for each step of the branch that was run, in order
    record TxnDone(long revision, boolean succeeded, List<Result> results) implements Result {}

    record LeaseGranted(long revision, LeaseId lease, long ttlSeconds) implements Done {}

    /// All alarms that are raised after the command.
    record Alarms(long revision, List<Alarm> alarms) implements Done {}

    /// All members after the command, in the order of their ids.
    record Members(long revision, List<Member> members) implements Done {}

    /// Carried out, and there is nothing to tell but the revision.
    record Accepted(long revision) implements Done {}

    /// The whole token is its secret part, a dot and `index`.
    record TokenIssued(long revision, long index) implements Done {}

    /// A token as the client is to show it.
    record Authenticated(long revision, String token) implements Done {}

    record AuthStatus(long revision, boolean enabled, long authRevision) implements Done {}

    /// Users or roles, in the order of their bytes.
    record Names(long revision, List<String> names) implements Done {}

    /// What a role gives, in the order of the keys.
    record Permissions(long revision, List<Permission> permissions) implements Done {}
}
