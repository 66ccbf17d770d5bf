package io.metastore.e2e.fault;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Lets the fourth member join, vote and leave, again and again, while other faults happen.
final class Guest implements AutoCloseable {
    private final Membership membership;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger visits = new AtomicInteger();
    private final Thread thread;
    private volatile Optional<String> failure = Optional.empty();

    private Guest(Cluster cluster) {
        membership = new Membership(cluster);
        thread = Thread.ofPlatform().name("guest").unstarted(this::run);
    }

    static Guest start(Cluster cluster) {
        var guest = new Guest(cluster);
        guest.thread.start();
        return guest;
    }

    /// How often it has come and gone.
    int visits() {
        return visits.get();
    }

    /// Waits until the guest has gone.
    ///
    /// @throws Broken when it could not come, vote or go
    @Override
    public void close() {
        stopped.set(true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the guest goes", e);
        }
        failure.ifPresent(what -> {
            throw new Broken("with a guest: " + what);
        });
    }

    private void run() {
        try {
            while (!stopped.get()) {
                membership.welcome();
                membership.promote();
                membership.dismiss();
                visits.incrementAndGet();
            }
        } catch (Broken | IllegalStateException e) {
            failure = Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
