package io.metastore.server.metrics.member;

import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.consensus.LeaseClock;
import io.metastore.server.consensus.Proposer;
import io.metastore.server.metrics.Counter;
import io.metastore.server.metrics.Registry;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import java.util.function.Consumer;

/// What the leader does with leases: renews those that are kept alive, and ends those that are not.
final class LeaseMetrics {
    private final Counter renewed;
    private final Counter expired;

    LeaseMetrics(Registry registry) {
        renewed = registry.counter("etcd_debugging_lease_renewed_total");
        expired = registry.counter("etcd_debugging_server_lease_expired_total");
    }

    /// The same clock, with what it does counted.
    LeaseClock counting(LeaseClock clock) {
        return new LeaseClock() {
            @Override
            public void renew(LeaseId lease, Consumer<LeaseAnswer> reply) {
                clock.renew(lease, answer -> {
                    if (answer instanceof LeaseAnswer.Alive) {
                        renewed.increment();
                    }
                    reply.accept(answer);
                });
            }

            @Override
            public void timeToLive(LeaseId lease, Consumer<LeaseAnswer> reply) {
                clock.timeToLive(lease, reply);
            }

            @Override
            public void begin(Proposer proposer) {
                clock.begin((command, reply) -> proposer.propose(command, outcome -> {
                    if (command instanceof Command.RevokeLease && outcome instanceof Outcome.Done) {
                        expired.increment();
                    }
                    reply.accept(outcome);
                }));
            }

            @Override
            public void end() {
                clock.end();
            }
        };
    }
}
