package io.metastore.server.raft.propose;

import com.google.protobuf.ByteString;
import io.metastore.server.consensus.Followed;
import io.metastore.server.raft.codec.EntryCodec;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A command that waits for its outcome, and who wants to know it. It is answered once, whoever comes first: the
/// entry that carries it, the clock, or the end of this member.
final class Pending {
    /// Stands for "in whatever epoch".
    static final long ANY_EPOCH = 0;

    private final Command command;
    private final ByteString encoded;
    private final Consumer<Outcome> reply;
    private final long deadlineNanos;
    private final long epoch;
    private final AtomicBoolean answered = new AtomicBoolean();

    /// Encodes the command on the calling thread.
    ///
    /// @param epoch the only epoch in which it may take effect, or `ANY_EPOCH`
    Pending(Command command, Consumer<Outcome> reply, long deadlineNanos, long epoch) {
        this.command = command;
        this.encoded = EntryCodec.encode(command);
        this.reply = reply;
        this.deadlineNanos = deadlineNanos;
        this.epoch = epoch;
    }

    Command command() {
        return command;
    }

    ByteString encoded() {
        return encoded;
    }

    int bytes() {
        return encoded.size();
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /// Whether it may be sent in an entry of `current`.
    boolean fits(long current) {
        return epoch == ANY_EPOCH || epoch == current;
    }

    boolean isBound() {
        return epoch != ANY_EPOCH;
    }

    /// Whether somebody wants to know how far it has come.
    boolean isFollowed() {
        return reply instanceof Followed;
    }

    /// It is on its way.
    void sent() {
        if (reply instanceof Followed followed) {
            followed.sent();
        }
    }

    /// It is about to be applied here.
    void committed() {
        if (reply instanceof Followed followed) {
            followed.committed();
        }
    }

    boolean isAnswered() {
        return answered.get();
    }

    void answer(Outcome outcome) {
        if (answered.compareAndSet(false, true)) {
            reply.accept(outcome);
        }
    }

    void refuse(Reason reason) {
        answer(new Outcome.Refused(reason));
    }
}
