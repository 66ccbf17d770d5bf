package io.metastore.server.metrics.member;

import io.metastore.server.grpc.EtcdError;
import io.metastore.server.metrics.Counter;
import io.metastore.server.metrics.Registry;
import io.metastore.server.request.Command;
import io.metastore.server.request.GoTime;
import io.metastore.server.request.Operation;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.RequestText;
import io.metastore.server.request.Txn;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says which changes took long to apply, and which reads to answer, in the line that etcd has for both.
final class SlowRequests {
    private static final Logger LOG = LoggerFactory.getLogger(SlowRequests.class);

    private final long limitNanos;
    private final Counter slow;

    /// @param limit what takes longer is told
    SlowRequests(Registry registry, Duration limit) {
        this.limitNanos = limit.toNanos();
        this.slow = registry.counter("etcd_server_slow_apply_total");
    }

    void applied(Command command, Outcome outcome, long nanos) {
        if (nanos > limitNanos) {
            tell("", RequestText.of(command), outcome, nanos);
        }
    }

    void read(Operation operation, Outcome outcome, long nanos) {
        if (nanos > limitNanos) {
            var prefix = operation instanceof Txn ? "read-only txn " : "read-only range ";
            tell(prefix, RequestText.of(operation), outcome, nanos);
        }
    }

    private void tell(String prefix, String request, Outcome outcome, long nanos) {
        slow.increment();
        var line = LOG.atWarn()
                .addKeyValue("took", GoTime.text(nanos))
                .addKeyValue("expected-duration", GoTime.text(limitNanos))
                .addKeyValue("prefix", prefix)
                .addKeyValue("request", request)
                .addKeyValue("response", RequestText.of(outcome));
        if (outcome instanceof Outcome.Refused(var reason)) {
            line = line.addKeyValue("error", EtcdError.of(reason).text());
        }
        line.log("apply request took too long");
    }
}
