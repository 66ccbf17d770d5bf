package io.metastore.server.upkeep;

import io.metastore.server.consensus.Consensus;
import io.metastore.server.consensus.Contacts;
import io.metastore.server.model.ClusterVersion;
import io.metastore.server.model.Release;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.VersionCommand;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the release of the cluster to where it is to be while this member leads: to the target of a downgrade, else
/// to this server's. It waits until all members answer, since each of them has to follow.
///
/// Source: etcd's version monitor, which looks as often.
public final class VersionMonitor implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofSeconds(4);
    private static final Logger LOG = LoggerFactory.getLogger(VersionMonitor.class);

    private final Consensus consensus;
    private final Supplier<ClusterVersion> version;
    private final LongSupplier nanos;
    private final Worker worker = new Worker(this::round);

    /// A change is on its way, so none is begun. For turns only.
    private boolean changing;
    private long notBefore;

    /// Has no thread yet.
    ///
    /// @param version as far as it was applied here
    /// @param nanos as `System::nanoTime`
    VersionMonitor(Consensus consensus, Supplier<ClusterVersion> version, LongSupplier nanos) {
        this.consensus = consensus;
        this.version = version;
        this.nanos = nanos;
        this.notBefore = nanos.getAsLong();
    }

    /// Begins to look, with a thread of its own.
    public static VersionMonitor start(Consensus consensus, Supplier<ClusterVersion> version) {
        var monitor = new VersionMonitor(consensus, version, System::nanoTime);
        monitor.worker.start("version-monitor");
        return monitor;
    }

    @Override
    public void close() {
        worker.close();
    }

    /// Takes one turn in place of the thread, which must not have been started.
    void turn() {
        worker.turn();
    }

    private long round() {
        long wait = notBefore - nanos.getAsLong();
        if (wait > 0) {
            return wait;
        }
        if (!changing && consensus.state().isLeader()) {
            next(version.get()).ifPresent(this::begin);
        }
        return INTERVAL.toNanos();
    }

    /// Where the release is to go now. There is nothing below the one before this server's that it could behave as:
    /// of a job with such a target, which etcd takes too, nothing comes.
    static Optional<Release> next(ClusterVersion version) {
        var wanted = version.downgrade().orElse(Release.CURRENT);
        boolean can = wanted.equals(Release.CURRENT) || wanted.equals(Release.CURRENT.below());
        return can && !wanted.equals(version.release()) ? Optional.of(wanted) : Optional.empty();
    }

    private void begin(Release release) {
        changing = true;
        notBefore = nanos.getAsLong() + INTERVAL.toNanos();
        consensus.contacts(contacts -> worker.post(() -> {
            if (allAnswer(contacts)) {
                change(release);
            } else {
                changing = false;
            }
        }));
    }

    private boolean allAnswer(Contacts contacts) {
        return switch (contacts) {
            case Contacts.Refused _ -> false;
            case Contacts.Known known ->
                consensus.members().stream()
                        .filter(member -> !member.id().equals(known.leader()))
                        .map(member -> Optional.ofNullable(known.others().get(member.id())))
                        .allMatch(
                                contact -> contact.isPresent() && contact.get().connectedMillis() > 0);
        };
    }

    private void change(Release release) {
        LOG.atInfo()
                .addKeyValue("from", version.get().release())
                .addKeyValue("to", release)
                .log("updating cluster version");
        consensus.propose(
                new VersionCommand.SetRelease(release),
                outcome -> worker.post(() -> {
                    changing = false;
                    if (outcome instanceof Outcome.Refused(var reason)) {
                        LOG.atWarn()
                                .addKeyValue("reason", reason)
                                .log("the cluster version was not updated; it is tried again");
                    }
                }));
    }
}
