package io.metastore.server.upkeep;

import io.metastore.server.consensus.Consensus;
import io.metastore.server.consensus.HistoryHash;
import io.metastore.server.model.MemberId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares a member's data with the others' before it serves anybody. Who does not answer, or is not as far, is not
/// waited for: members may start together.
public final class CorruptionAtStart {
    private static final Logger LOG = LoggerFactory.getLogger(CorruptionAtStart.class);

    private CorruptionAtStart() {}

    /// Blocks until the others have answered, or for at most `patience`.
    ///
    /// @return the members whose data differ
    public static Set<MemberId> differences(Consensus consensus, OwnHistory own, Duration patience) {
        if (!(own.upTo(0) instanceof HistoryHash.Known hash)) {
            return Set.of();
        }
        var answers = new CompletableFuture<Map<MemberId, HistoryHash>>();
        new HistoryPoll(consensus).ask(hash.hashRevision(), answers::complete);
        var others = answers.completeOnTimeout(Map.of(), patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        var different = Verdict.atStart(hash, others);
        LOG.atInfo()
                .addKeyValue("revision", hash.hashRevision())
                .addKeyValue("answers", others.size())
                .addKeyValue("different", different)
                .log("initial corruption checking finished");
        return different;
    }
}
