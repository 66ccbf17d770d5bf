package io.metastore.server.node;

import io.metastore.server.request.AlarmRule;
import io.metastore.server.request.Command;
import io.metastore.server.request.Reason;
import java.util.Optional;

/// Decides whether a change is let in: quota, and how far this member is behind; and knows of alarms.
final class Admission {
    /// What an empty store counts as, and the part of it that is in use: the figures of a fresh etcd.
    static final long EMPTY_BYTES = 20_480;

    static final long EMPTY_BYTES_IN_USE = 16_384;
    private static final long MAX_BEHIND = 5000;

    private final NodeParts parts;
    private final NodeLimits limits;

    Admission(NodeParts parts, NodeLimits limits) {
        this.parts = parts;
        this.limits = limits;
    }

    /// The size that counts against the quota.
    long size() {
        return EMPTY_BYTES + parts.state().store().logicalBytes();
    }

    /// Whether there is no room for about `charge` more bytes.
    boolean exceedsQuota(long charge) {
        var requests = limits.requests();
        return requests.hasQuota() && size() + charge >= requests.quotaBytes();
    }

    Optional<Reason> refuses() {
        var state = parts.consensus().state();
        if (state.commitIndex() - state.appliedIndex() > MAX_BEHIND) {
            return Optional.of(Reason.TOO_MANY_REQUESTS);
        }
        return Optional.empty();
    }

    /// Whether an alarm that is known here forbids the change. That is not the last word: the alarm may have been
    /// taken back through another member, which this one has not heard of yet. Whoever applies the change decides.
    boolean isForbiddenByAlarm(Command command) {
        return AlarmRule.refusal(parts.state().alarms().raised(), command).isPresent();
    }
}
