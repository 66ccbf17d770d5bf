package io.metastore.server.raft.slow;

import io.metastore.server.raft.metric.RaftMeter;
import io.metastore.server.request.GoTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Says when the disk took long for what everything waits for, and counts it each time: a flush of the log, with
/// etcd's words and limit, and a checkpoint, which holds up nobody but the end of the log before it.
///
/// Longer than the watchdogs' limit it never is: the process ends then.
public final class SlowDisk {
    /// A second, as in etcd.
    static final Duration FLUSH = Duration.ofSeconds(1);
    static final Duration CHECKPOINT = Duration.ofSeconds(10);
    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(SlowDisk.class);

    private final RaftMeter meter;
    private final Consumer<Warning> teller;
    private final Seldom flushes;
    private final Seldom checkpoints;

    SlowDisk(RaftMeter meter, LongSupplier nanos, Consumer<Warning> teller) {
        this.meter = meter;
        this.teller = teller;
        this.flushes = new Seldom(PAUSE, nanos);
        this.checkpoints = new Seldom(PAUSE, nanos);
    }

    /// Says it in this process's log.
    public static SlowDisk of(RaftMeter meter) {
        return new SlowDisk(meter, System::nanoTime, warning -> warning.log(LOG));
    }

    /// The disk has what was written to the log.
    public void flushed(long tookNanos) {
        meter.flushed(tookNanos);
        if (tookNanos > FLUSH.toNanos()) {
            meter.diskSlow("log");
            tell(flushes, "slow fdatasync", tookNanos, FLUSH);
        }
    }

    /// The store was made durable.
    public void saved(long tookNanos) {
        meter.saved(tookNanos);
        if (tookNanos > CHECKPOINT.toNanos()) {
            meter.diskSlow("checkpoint");
            tell(
                    checkpoints,
                    "slow checkpoint: the log before it cannot go as long as it is not done",
                    tookNanos,
                    CHECKPOINT);
        }
    }

    private void tell(Seldom seldom, String text, long tookNanos, Duration expected) {
        seldom.ask().ifPresent(unsaid -> {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("took", GoTime.text(tookNanos));
            fields.put("expected-duration", GoTime.text(expected.toNanos()));
            if (unsaid > 0) {
                fields.put("more-since-last-said", unsaid);
            }
            teller.accept(new Warning(Level.WARN, text, fields));
        });
    }
}
