package io.metastore.server.node;

import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import io.metastore.server.trace.Span;

/// Why a stage of a request went no further, for those who look at traces.
final class Refusal {
    private static final String ATTRIBUTE = "metastore.refused";

    private Refusal() {}

    static void tell(Span stage, Reason reason) {
        stage.tell(ATTRIBUTE, reason.name());
    }

    static void tell(Span stage, Outcome outcome) {
        switch (outcome) {
            case Outcome.Refused(var reason) -> tell(stage, reason);
            case Outcome.Done _ -> {}
        }
    }
}
