package io.metastore.server.grpc;

import io.grpc.InternalMetadata;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.metastore.server.grpc.auth.CallCredentials;
import io.metastore.server.node.Credentials;
import io.metastore.server.node.Node;
import io.metastore.server.node.Right;
import io.metastore.server.trace.Span;
import io.metastore.server.trace.Tracing;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;

/// What is checked of every call before it is looked at, from its metadata alone. Source: the interceptors of
/// etcd's gRPC services.
public final class Admission {
    private static final Metadata.Key<String> HAS_LEADER =
            Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER);
    /// As the raw bytes: whether they are UTF-8 is the question.
    static final Metadata.Key<byte[]> API_VERSION =
            InternalMetadata.keyOf("client-api-version", new InternalMetadata.TrustedAsciiMarshaller<>() {
                @Override
                public byte[] toAsciiString(byte[] value) {
                    return value;
                }

                @Override
                public byte[] parseAsciiString(byte[] serialized) {
                    return serialized;
                }
            });

    private final Node node;
    private final SlowCalls slow;
    private final Tracing tracing;
    private volatile boolean learner;

    Admission(Node node, SlowCalls slow, Tracing tracing) {
        this.node = node;
        this.slow = slow;
        this.tracing = tracing;
        this.learner = node.isLearner();
    }

    /// Looks again whether this member is a learner. To be called now and then: it changes seldom, and is asked
    /// often.
    void refresh() {
        learner = node.isLearner();
    }

    /// Tells of calls that take long.
    SlowCalls slow() {
        return slow;
    }

    /// The call that the library asks this thread to serve, for those who look at traces.
    Span following() {
        return tracing.isOn() ? TracedCall.current().orElseGet(tracing::current) : tracing.current();
    }

    /// @param learnersMay whether a member that is a learner may serve this call
    Optional<EtcdError> refuses(Metadata metadata, boolean learnersMay) {
        if (!learnersMay && learner) {
            return Optional.of(EtcdError.NOT_FOR_LEARNERS);
        }
        if (hasBrokenVersion(metadata)) {
            return Optional.of(EtcdError.INVALID_CLIENT_API_VERSION);
        }
        if (requiresLeader(metadata) && !node.state().hasLeader()) {
            return Optional.of(EtcdError.NO_LEADER);
        }
        return Optional.empty();
    }

    /// What the caller shows of who it is. While nobody is asked, nothing is looked at.
    Credentials credentials(ServerCall<?, ?> call, Metadata metadata) {
        return node.asksWho() ? CallCredentials.of(call.getAttributes(), metadata) : Credentials.NONE;
    }

    /// Why the caller is not served with what needs this right.
    Optional<EtcdError> refuses(Credentials who, Right right) {
        return node.refuses(who, right).map(EtcdError::of);
    }

    /// Calls `then` when as much is known of the credentials here as anywhere: at once, or soon on `loop`.
    void whenKnown(Credentials who, Executor loop, Runnable then) {
        node.whenKnown(who, loop, then);
    }

    /// Whether the client would rather have no answer than one of a member without a leader.
    static boolean requiresLeader(Metadata metadata) {
        return metadata.containsKey(HAS_LEADER) && first(metadata, HAS_LEADER).equals("true");
    }

    /// Whether the client's version is not UTF-8.
    static boolean hasBrokenVersion(Metadata metadata) {
        return metadata.containsKey(API_VERSION) && !isUtf8(first(metadata, API_VERSION));
    }

    private static <T> T first(Metadata metadata, Metadata.Key<T> key) {
        return Objects.requireNonNull(metadata.getAll(key)).iterator().next();
    }

    private static boolean isUtf8(byte[] text) {
        try {
            var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }
}
