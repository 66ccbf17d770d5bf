package io.metastore.server.metrics.member;

import io.metastore.server.metrics.Histogram;
import io.metastore.server.request.Outcome;
import java.util.Optional;
import java.util.function.Supplier;

/// How long something takes, apart for successes and refusals; each is shown once there is one.
final class Timings {
    private final Supplier<Histogram> ofDone;
    private final Supplier<Histogram> ofRefused;
    private volatile Optional<Histogram> done = Optional.empty();
    private volatile Optional<Histogram> refused = Optional.empty();

    Timings(Supplier<Histogram> ofDone, Supplier<Histogram> ofRefused) {
        this.ofDone = ofDone;
        this.ofRefused = ofRefused;
    }

    void observe(Outcome outcome, long nanos) {
        switch (outcome) {
            case Outcome.Done _ -> done().observe(nanos);
            case Outcome.Refused _ -> refused().observe(nanos);
        }
    }

    private Histogram done() {
        var known = done;
        if (known.isPresent()) {
            return known.get();
        }
        var made = ofDone.get();
        done = Optional.of(made);
        return made;
    }

    private Histogram refused() {
        var known = refused;
        if (known.isPresent()) {
            return known.get();
        }
        var made = ofRefused.get();
        refused = Optional.of(made);
        return made;
    }
}
