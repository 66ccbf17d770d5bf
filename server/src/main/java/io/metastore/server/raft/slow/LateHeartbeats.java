package io.metastore.server.raft.slow;

import io.metastore.server.request.GoTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Says, in etcd's words, that a leader was too busy to send its heartbeats in time. From any thread.
public final class LateHeartbeats {
    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(LateHeartbeats.class);

    private final LongSupplier nanos;
    private final Consumer<Warning> teller;
    private final Map<String, Seldom> byPeer = new ConcurrentHashMap<>();

    LateHeartbeats(LongSupplier nanos, Consumer<Warning> teller) {
        this.nanos = nanos;
        this.teller = teller;
    }

    /// Says it in this process's log.
    public static LateHeartbeats inLog() {
        return new LateHeartbeats(System::nanoTime, warning -> warning.log(LOG));
    }

    /// One was sent that long after the one before it.
    ///
    /// @param to the member or its place
    /// @param period that lies between two in good times; twice that is still no reason to say anything
    public void late(String to, Duration period, Duration elapsed) {
        var expected = period.multipliedBy(2);
        byPeer.computeIfAbsent(to, _ -> new Seldom(PAUSE, nanos)).ask().ifPresent(unsaid -> {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("to", to);
            fields.put("heartbeat-interval", GoTime.text(period.toNanos()));
            fields.put("expected-duration", GoTime.text(expected.toNanos()));
            fields.put("exceeded-duration", GoTime.text(elapsed.minus(expected).toNanos()));
            if (unsaid > 0) {
                fields.put("more-since-last-said", unsaid);
            }
            teller.accept(new Warning(
                    Level.WARN,
                    "leader failed to send out heartbeat on time; took too long, leader is overloaded likely from"
                            + " slow disk",
                    fields));
        });
    }
}
