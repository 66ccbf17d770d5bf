package io.metastore.server;

import io.metastore.server.apply.Position;
import io.metastore.server.datadir.StoppedMember;
import io.metastore.server.model.Member;
import io.metastore.server.model.Membership;
import io.metastore.server.raft.QuorumRecovery;
import java.util.stream.Collectors;

/// What `recover-quorum` says of one member, for a person who must choose among survivors.
record RecoveryText(StoppedMember member, QuorumRecovery.Found log) {
    /// What there is.
    String found(Position applied, long revision, Membership known) {
        return """
                Member     %s "%s" of cluster %s, in %s
                Engine     %s
                Log        ends with entry %d of term %d%s
                Store      holds entries up to %d, revision %d; what the log has behind them is applied at the next start
                Members    by the newest configuration here:
                %s""".formatted(
                        member.memberId(),
                        member.name(),
                        Long.toHexString(member.clusterId()),
                        member.dataDir(),
                        member.engine().text(),
                        log.last().index(),
                        log.last().term(),
                        log.cutBytes() > 0 ? "; a write behind it had not ended, and is cut off at the next start" : "",
                        applied.index(),
                        revision,
                        log.members().stream().map(each -> line(each, known)).collect(Collectors.joining()));
    }

    private static String line(Member seat, Membership known) {
        var row = known.find(seat.id());
        var name = row.filter(Member::isStarted).map(Member::name).orElse("?");
        var urls = row.map(Member::peerUrls).orElse(seat.peerUrls());
        return "           %s \"%s\" %s%s%n"
                .formatted(
                        seat.id(),
                        name,
                        String.join(",", urls),
                        row.filter(Member::witness).isPresent() ? ", witness" : seat.learner() ? ", learner" : "");
    }

    /// What would happen, and how to say so.
    String warning(Member survivor, String command) {
        return """

                With the confirmation this member goes on alone, as %s at %s, with every entry of its log. All others are
                dropped from the cluster for good.
                Lost is what the others acknowledged and this log does not have: of all survivors with data take the one
                whose log ends with the highest term, and of those with the same term the highest entry. Run this on
                each of them first.
                The others must never run again on their data, also not later: empty their directories.

                To do it:

                    %s

                """.formatted(survivor.id(), String.join(",", survivor.peerUrls()), command);
    }

    String done(Position entry) {
        return """

                Done, with entry %d of term %d: this member is alone in its cluster.
                1. Empty the directories of all others, or see to it in another way that they never run on them again.
                2. Start this member as ever. It serves as soon as it runs.
                3. Add the others anew, one at a time: etcdctl member add NAME --peer-urls=URL, then start each on an
                   empty directory with --initial-cluster-state=existing.
                """.formatted(entry.index(), entry.term());
    }

    String alone() {
        return """

                Nothing to do: this member is alone in its cluster already. Start it as ever.
                """;
    }
}
