package io.metastore.server.upkeep;

import io.metastore.server.consensus.Consensus;
import io.metastore.server.consensus.HistoryHash;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Asks all other members that store keys for the hash of their history.
final class HistoryPoll {
    private final Consensus consensus;

    HistoryPoll(Consensus consensus) {
        this.consensus = consensus;
    }

    /// Calls `reply` once all have answered, or were silent for long; on the thread of the last one.
    void ask(long revision, Consumer<Map<MemberId, HistoryHash>> reply) {
        var self = consensus.state().self();
        var others = consensus.members().stream()
                .filter(member -> !member.witness())
                .map(Member::id)
                .filter(member -> !member.equals(self))
                .toList();
        if (others.isEmpty()) {
            reply.accept(Map.of());
            return;
        }
        var gathering = new Gathering(others, reply);
        others.forEach(member -> consensus.historyOf(member, revision, hash -> gathering.add(member, hash)));
    }

    private static final class Gathering {
        private final int wanted;
        private final Consumer<Map<MemberId, HistoryHash>> reply;
        private final Map<MemberId, HistoryHash> answers = new HashMap<>();

        Gathering(List<MemberId> members, Consumer<Map<MemberId, HistoryHash>> reply) {
            this.wanted = members.size();
            this.reply = reply;
        }

        void add(MemberId member, HistoryHash hash) {
            if (isLast(member, hash)) {
                reply.accept(answers);
            }
        }

        private synchronized boolean isLast(MemberId member, HistoryHash hash) {
            answers.put(member, hash);
            return answers.size() == wanted;
        }
    }
}
