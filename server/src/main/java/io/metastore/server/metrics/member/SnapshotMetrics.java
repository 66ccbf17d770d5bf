package io.metastore.server.metrics.member;

import io.metastore.server.metrics.Counter;
import io.metastore.server.metrics.Family;
import io.metastore.server.metrics.Histogram;
import io.metastore.server.metrics.Level;
import io.metastore.server.metrics.Registry;
import io.metastore.server.node.StateFile;
import io.metastore.server.raft.metric.RaftMeter.Transfer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Whole states: made durable here, on their way between members, and read by clients. The store is its own snapshot,
/// so there is nothing to marshal, and making it durable is one flush.
final class SnapshotMetrics {
    private final Histogram saves;
    private final Histogram flushes;
    private final Histogram received;
    private final Histogram receivedFlushes;
    private final Histogram reads;
    private final Way outgoing;
    private final Way incoming;

    /// To, or from, any other member.
    private record Way(
            Family<Level> inFlight,
            Family<Counter> successes,
            Family<Counter> failures,
            Family<Histogram> times,
            Family<Counter> bytes,
            Family<Counter> resumed) {
        static Way of(Registry registry, String verb) {
            var name = "etcd_network_snapshot_" + verb;
            return new Way(
                    registry.levels(name + "_inflights_total"),
                    registry.counters(name + "_success"),
                    registry.counters(name + "_failures"),
                    registry.histograms(name + "_total_duration_seconds"),
                    registry.counters("metastore_snapshot_" + verb + "_bytes_total"),
                    registry.counters("metastore_snapshot_" + verb + "_resumed_bytes_total"));
        }

        Line with(String member) {
            return new Line(
                    inFlight.with(member),
                    successes.with(member),
                    failures.with(member),
                    times.with(member),
                    bytes.with(member),
                    resumed.with(member));
        }
    }

    /// To, or from, one other member.
    record Line(Level inFlight, Counter successes, Counter failures, Histogram times, Counter bytes, Counter resumed) {
        Transfer begin() {
            inFlight.add(1);
            long start = System.nanoTime();
            var whole = new AtomicBoolean();
            return new Transfer() {
                @Override
                public void moved(long amount) {
                    bytes.add(amount);
                }

                @Override
                public void resumed(long amount) {
                    resumed.add(amount);
                }

                @Override
                public void succeeded() {
                    whole.set(true);
                }

                @Override
                public void close() {
                    inFlight.add(-1);
                    if (whole.get()) {
                        successes.increment();
                        times.observeSince(start);
                    } else {
                        failures.increment();
                    }
                }
            };
        }
    }

    SnapshotMetrics(Registry registry) {
        registry.histogram("etcd_debugging_snap_save_marshalling_duration_seconds");
        saves = registry.histogram("etcd_debugging_snap_save_total_duration_seconds");
        flushes = registry.histogram("etcd_snap_fsync_duration_seconds");
        received = registry.histogram("etcd_snap_db_save_total_duration_seconds");
        receivedFlushes = registry.histogram("etcd_snap_db_fsync_duration_seconds");
        reads = registry.histogram("etcd_disk_backend_snapshot_duration_seconds");
        outgoing = Way.of(registry, "send");
        incoming = Way.of(registry, "receive");
    }

    /// What goes to this member; from now on it is shown.
    Line to(String member) {
        return outgoing.with(member);
    }

    /// What comes from this member; from now on it is shown.
    Line from(String member) {
        return incoming.with(member);
    }

    void saved(long nanos) {
        saves.observe(nanos);
        flushes.observe(nanos);
    }

    void received(long nanos, long flushNanos) {
        received.observe(nanos);
        receivedFlushes.observe(flushNanos);
    }

    /// A state is sent to another member: it is read all the while.
    Transfer reading(Transfer transfer) {
        long start = System.nanoTime();
        return new Transfer() {
            @Override
            public void moved(long amount) {
                transfer.moved(amount);
            }

            @Override
            public void resumed(long amount) {
                transfer.resumed(amount);
            }

            @Override
            public void succeeded() {
                transfer.succeeded();
            }

            @Override
            public void close() {
                transfer.close();
                reads.observeSince(start);
            }
        };
    }

    /// The same file; how long it is held is measured.
    StateFile timed(Supplier<StateFile> opened) {
        long start = System.nanoTime();
        var file = opened.get();
        return new StateFile() {
            @Override
            public long bytes() {
                return file.bytes();
            }

            @Override
            public int read(byte[] target) {
                return file.read(target);
            }

            @Override
            public void close() {
                file.close();
                reads.observeSince(start);
            }
        };
    }
}
