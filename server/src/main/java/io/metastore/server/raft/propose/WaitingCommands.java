package io.metastore.server.raft.propose;

import io.metastore.server.request.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Commands that no entry carries yet, oldest first. The owner guards it.
final class WaitingCommands {
    private final ArrayDeque<Pending> queue = new ArrayDeque<>();
    private long bytes;

    boolean isEmpty() {
        return queue.isEmpty();
    }

    int count() {
        return queue.size();
    }

    long bytes() {
        return bytes;
    }

    void add(Pending pending) {
        queue.addLast(pending);
        bytes += pending.bytes();
    }

    /// Puts commands that an entry carried in vain back to the front, in their order. Those that were bound to its
    /// epoch are handed back instead.
    List<Pending> addBack(List<Pending> commands) {
        var bound = new ArrayList<Pending>();
        for (var pending : commands.reversed()) {
            if (pending.isBound()) {
                bound.add(pending);
            } else if (!pending.isAnswered()) {
                queue.addFirst(pending);
                bytes += pending.bytes();
            }
        }
        return bound;
    }

    /// Takes commands for one entry: at least one if there is any, and no more than fit into `maxBytes`. Those that
    /// are bound to another epoch, or greater than this leader takes, are refused on the way.
    List<Pending> take(EntrySink to, int maxBytes, int maxCommands) {
        int greatest = ProposalLimits.maxCommandBytes(to.maxEntryBytes());
        var taken = new ArrayList<Pending>(Math.min(queue.size(), maxCommands));
        long size = 0;
        while (!queue.isEmpty() && taken.size() < maxCommands) {
            var next = queue.getFirst();
            if (!taken.isEmpty() && size + next.bytes() > maxBytes) {
                break;
            }
            removeFirst();
            if (next.isAnswered()) {
                continue;
            }
            if (!next.fits(to.epoch())) {
                next.refuse(Reason.LEADER_CHANGED);
                continue;
            }
            if (next.bytes() > greatest) {
                next.refuse(Reason.REQUEST_TOO_LARGE);
                continue;
            }
            taken.add(next);
            size += next.bytes();
        }
        return taken;
    }

    /// Removes what was due at `nowNanos`. The queue is nearly in the order of the deadlines, so it looks at the
    /// front only.
    List<Pending> removeDue(long nowNanos) {
        var due = new ArrayList<Pending>();
        while (!queue.isEmpty() && queue.getFirst().deadlineNanos() - nowNanos <= 0) {
            due.add(removeFirst());
        }
        return due;
    }

    List<Pending> removeAll() {
        var all = List.copyOf(queue);
        queue.clear();
        bytes = 0;
        return all;
    }

    private Pending removeFirst() {
        var first = queue.removeFirst();
        bytes -= first.bytes();
        return first;
    }
}
