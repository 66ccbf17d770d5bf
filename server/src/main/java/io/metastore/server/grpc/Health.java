package io.metastore.server.grpc;

import io.metastore.server.model.Alarm;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.node.Node;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Range;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// What the pages about health ask of this member. An interface, since the pages are also tested with members
/// that are ill in ways a real one cannot be made to be.
interface Health {
    List<Alarm> alarms();

    boolean hasLeader();

    boolean learner();

    /// Reads, for the sake of the reading; the result is why it could not, or nothing.
    void read(boolean serializable, Consumer<Optional<EtcdError>> done);

    static Health of(Node node, Executor where) {
        return new Health() {
            @Override
            public List<Alarm> alarms() {
                return node.alarms();
            }

            @Override
            public boolean hasLeader() {
                return node.state().hasLeader();
            }

            @Override
            public boolean learner() {
                return node.status().learner();
            }

            @Override
            public void read(boolean serializable, Consumer<Optional<EtcdError>> done) {
                node.read(probe(serializable), where, outcome -> done.accept(refusal(outcome)));
            }
        };
    }

    /// A key that cannot exist: etcd asks for the empty one too.
    private static Range probe(boolean serializable) {
        return new Range(
                KeyRange.single(Bytes.EMPTY),
                1,
                0,
                Range.Sort.NONE,
                Range.Detail.KEYS_ONLY,
                Range.RevisionBounds.NONE,
                serializable);
    }

    private static Optional<EtcdError> refusal(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Refused(var reason) -> Optional.of(EtcdError.of(reason));
            case Outcome.Done _ -> Optional.empty();
        };
    }
}
