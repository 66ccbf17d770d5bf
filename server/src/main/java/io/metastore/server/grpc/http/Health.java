package io.metastore.server.grpc.http;

import io.metastore.server.model.Alarm;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.node.Credentials;
import io.metastore.server.node.Node;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Range;
import io.metastore.server.request.Reason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/// What the pages about health ask of this member. An interface, since the pages are also tested with members that
/// are ill in ways a real one cannot be made to be.
public interface Health {
    List<Alarm> alarms();

    boolean hasLeader();

    boolean learner();

    /// Reads, for the sake of the reading; the result is why it could not, in etcd's words, or nothing.
    void read(boolean serializable, Consumer<Optional<String>> done);

    /// A real member's.
    ///
    /// @param where runs the reads
    /// @param texts etcd's words for a refusal
    static Health of(Node node, Executor where, Function<Reason, String> texts) {
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
            public void read(boolean serializable, Consumer<Optional<String>> done) {
                node.read(
                        Credentials.MEMBER,
                        probe(serializable),
                        where,
                        outcome -> done.accept(refusal(outcome).map(texts)));
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

    private static Optional<Reason> refusal(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Refused(var reason) -> Optional.of(reason);
            case Outcome.Done _ -> Optional.empty();
        };
    }
}
