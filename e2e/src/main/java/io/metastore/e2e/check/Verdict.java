package io.metastore.e2e.check;

import io.metastore.e2e.history.Operation;
import io.metastore.e2e.model.Past;
import java.util.List;

/// What a check of a history found.
public sealed interface Verdict {
    /// There is an order.
    ///
    /// @param order all calls that happened, lost ones too, each with the revision after it
    /// @param past every revision that they made
    record Linearizable(List<Placed> order, Past past) implements Verdict {
        public Linearizable {
            order = List.copyOf(order);
        }
    }

    /// There is none.
    ///
    /// @param what one sentence
    /// @param operations as few as show it
    record Violated(String what, List<Operation> operations) implements Verdict {
        public Violated {
            operations = List.copyOf(operations);
        }

        @Override
        public String toString() {
            var text = new StringBuilder(what);
            operations.forEach(operation -> text.append("\n    ").append(operation));
            return text.toString();
        }
    }

    /// The search was given up, since it took more steps than were allowed.
    record Undecided(long steps) implements Verdict {}

    /// A call in its place.
    ///
    /// @param revision of the store after the call
    record Placed(Operation operation, long revision) {}
}
