package io.metastore.server.node;

import io.metastore.server.cluster.VersionTable;
import io.metastore.server.cluster.VersionWriter;
import io.metastore.server.model.ClusterVersion;
import io.metastore.server.model.Release;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import io.metastore.server.request.VersionCommand;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The part of the door that is about going back to an older release. Nothing blocks; replies come on any thread.
///
/// Source of the checks and of their order: etcd's server.
public final class Downgrades {
    private static final Logger LOG = LoggerFactory.getLogger(Downgrades.class);

    private final VersionTable table;
    private final Entrance entrance;
    private final Reads reads;
    private final LongSupplier revision;

    Downgrades(NodeParts parts, Entrance entrance, Reads reads) {
        this.table = parts.state().versions();
        this.entrance = entrance;
        this.reads = reads;
        this.revision = parts.state().store()::revision;
    }

    /// As far as it was applied here.
    public ClusterVersion version() {
        return table.version();
    }

    /// Tells whether the cluster could go back to `target`, with an `Outcome.Accepted` if so.
    public void validate(Release target, Executor where, Consumer<Outcome> reply) {
        reads.linearizable(
                where,
                unreadable -> reply.accept(unreadable
                        .or(() -> VersionWriter.refusal(version(), target))
                        .<Outcome>map(Outcome.Refused::new)
                        .orElseGet(() -> new Outcome.Accepted(revision.getAsLong()))));
    }

    /// The cluster is to go back to `target`.
    public void enable(Credentials who, Release target, Consumer<Outcome> reply) {
        validate(target, Runnable::run, valid -> {
            switch (valid) {
                case Outcome.Refused(var reason) -> {
                    LOG.atWarn().addKeyValue("reason", reason).log("reject downgrade request");
                    reply.accept(valid);
                }
                case Outcome.Done _ -> entrance.enter(who, new VersionCommand.EnableDowngrade(target), reply);
            }
        });
    }

    /// The cluster is not to go back any more. As with etcd the caller is not told when that failed, or when there
    /// was nothing to cancel; the log is.
    public void cancel(Credentials who, Runnable done) {
        reads.linearizable(Runnable::run, unreadable -> {
            if (unreadable.isPresent()) {
                canceled(unreadable, done);
            } else if (version().downgrade().isEmpty()) {
                LOG.warn("failed to cancel downgrade: there is none");
                done.run();
            } else {
                entrance.enter(who, new VersionCommand.CancelDowngrade(), outcome -> canceled(refusal(outcome), done));
            }
        });
    }

    private static Optional<Reason> refusal(Outcome outcome) {
        return outcome instanceof Outcome.Refused(var reason) ? Optional.of(reason) : Optional.empty();
    }

    private static void canceled(Optional<Reason> refusal, Runnable done) {
        refusal.ifPresent(reason -> LOG.atWarn().addKeyValue("reason", reason).log("failed to cancel downgrade"));
        done.run();
    }
}
