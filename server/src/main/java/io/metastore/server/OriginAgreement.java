package io.metastore.server;

import io.metastore.server.cluster.Origin;
import io.metastore.server.consensus.LeaderDuty;
import io.metastore.server.consensus.Proposer;
import io.metastore.server.request.Command;
import io.metastore.server.storage.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that the members agree on what they began from: the first leader puts it into the log, and a member that
/// began from something else ends itself when it comes to that entry. A member that imported a state serves nobody
/// before, so nobody ever sees what only one member has.
record OriginAgreement(Storage storage) implements LeaderDuty {
    private static final Logger LOG = LoggerFactory.getLogger(OriginAgreement.class);
    private static final long LOOK_MILLIS = 20;
    private static final int LOOKS_UNTIL_WORD = 1000;

    @Override
    public void begin(Proposer proposer) {
        try (var snapshot = storage.snapshot()) {
            if (!Origin.isConfirmed(snapshot)) {
                // Refused it is only when this leadership ends: then the next leader says it.
                proposer.propose(new Command.ConfirmOrigin(Origin.own(snapshot)), _ -> {});
            }
        }
    }

    @Override
    public void end() {
        // Nothing goes on.
    }

    /// Returns when this member may serve what it began from. Waits for a leader if that was imported.
    void awaitAgreement() {
        try {
            for (int looks = 1; !isAgreed(); looks++) {
                if (looks % LOOKS_UNTIL_WORD == 0) {
                    LOG.warn("still waiting: no leader has said that the cluster began from the same snapshot");
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the cluster was to agree where it began", e);
        }
    }

    private boolean isAgreed() {
        try (var snapshot = storage.snapshot()) {
            return !Origin.isImported(snapshot) || Origin.isConfirmed(snapshot);
        }
    }
}
