package io.metastore.server.request;

import io.metastore.server.model.Alarm;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.MemberId;
import java.util.List;

/// A change. Every member applies the same commands in the same order, so a command carries whatever must not differ
/// between members: a time, a new id, a random choice.
public sealed interface Command
        permits Put,
                DeleteRange,
                Txn,
                AuthCommand,
                MemberCommand,
                VersionCommand,
                Command.OnBehalf,
                Command.Compact,
                Command.GrantLease,
                Command.RevokeLease,
                Command.CheckpointLeases,
                Command.SetAlarm,
                Command.PublishMember,
                Command.ConfirmOrigin {

    /// Gives up the history below `revision`.
    record Compact(long revision) implements Command {}

    /// Opens a lease of `ttlSeconds`, which the proposer has checked and raised to the minimum.
    record GrantLease(LeaseId lease, long ttlSeconds) implements Command {}

    /// Ends a lease and deletes its keys in one revision. Expiry is this command too, proposed by the leader.
    record RevokeLease(LeaseId lease) implements Command {}

    /// Notes how long leases have left, so that a new leader does not begin their TTL anew.
    record CheckpointLeases(List<Remaining> leases) implements Command {
        /// 0 seconds clears the note: the lease was renewed and has its full TTL again.
        public record Remaining(LeaseId lease, long seconds) {}
    }

    /// Raises an alarm, or disarms it. Both may be said twice.
    record SetAlarm(Alarm alarm, boolean raised) implements Command {}

    /// A member tells its name, where its clients reach it, and whether it is a witness.
    record PublishMember(MemberId member, String name, List<String> clientUrls, boolean witness) implements Command {
        /// A member that stores and serves.
        public PublishMember(MemberId member, String name, List<String> clientUrls) {
            this(member, name, clientUrls, false);
        }
    }

    /// A leader tells the digest of what its state was imported from, empty for nothing. The first one counts.
    record ConfirmOrigin(Bytes digest) implements Command {}

    /// A command of a client, with who that is. What stands alone was asked for by a member itself; puts,
    /// deletes and transactions, which no member asks for, may also be of clients that are nobody.
    record OnBehalf(Caller caller, Command command) implements Command {
        public OnBehalf {
            if (command instanceof OnBehalf) {
                throw new IllegalArgumentException("a command has one caller");
            }
        }
    }
}
