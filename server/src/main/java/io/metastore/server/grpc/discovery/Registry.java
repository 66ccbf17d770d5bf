package io.metastore.server.grpc.discovery;

import com.google.protobuf.ByteString;
import etcdserverpb.AuthGrpc;
import etcdserverpb.AuthenticateRequest;
import etcdserverpb.KVGrpc;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.DiscoveryConfig;
import io.metastore.server.config.Url;
import io.metastore.server.tls.ClientTls;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import mvccpb.KeyValue;

/// Keys and values at the discovery service. A call goes to one endpoint after the other until one answers. For one
/// thread.
final class Registry implements AutoCloseable {
    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);
    private static final String NO_USERS = "etcdserver: authentication is not enabled";

    private final DiscoveryConfig config;
    private final List<ManagedChannel> channels = new ArrayList<>();
    private Optional<String> token = Optional.empty();

    /// Nothing is asked yet.
    ///
    /// @throws ConfigException when a certificate cannot be used
    Registry(DiscoveryConfig config) throws IOException {
        this.config = config;
        config.checkIdentity();
        for (var endpoint : config.endpoints()) {
            channels.add(channel(endpoint));
        }
    }

    /// The value of a key.
    ///
    /// @throws StatusRuntimeException when nobody answers, or the service refuses
    Optional<String> get(String key) {
        var request = RangeRequest.newBuilder().setKey(bytes(key)).build();
        return call(stub -> stub.range(request)).getKvsList().stream()
                .map(row -> row.getValue().toStringUtf8())
                .findFirst();
    }

    /// All rows whose keys begin so.
    ///
    /// @throws StatusRuntimeException as `get`
    List<KeyValue> list(String prefix) {
        var request = RangeRequest.newBuilder()
                .setKey(bytes(prefix))
                .setRangeEnd(endOf(bytes(prefix)))
                .build();
        return call(stub -> stub.range(request)).getKvsList();
    }

    /// @throws StatusRuntimeException as `get`
    void put(String key, String value) {
        var request = PutRequest.newBuilder()
                .setKey(bytes(key))
                .setValue(bytes(value))
                .build();
        var _ = call(stub -> stub.put(request));
    }

    /// Logs in, if there is a user to log in as. A service without users needs none.
    ///
    /// @throws StatusRuntimeException as `get`
    void login() {
        if (config.login().isEmpty()) {
            return;
        }
        var login = config.login().get();
        var request = AuthenticateRequest.newBuilder()
                .setName(login.user())
                .setPassword(login.password())
                .build();
        try {
            var answer = anywhere(channel -> AuthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(config.timing().dial().toNanos(), TimeUnit.NANOSECONDS)
                    .authenticate(request));
            token = Optional.of(answer.getToken());
        } catch (StatusRuntimeException e) {
            if (!NO_USERS.equals(e.getStatus().getDescription())) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    /// A token that has run out is replaced.
    private <T> T call(Function<KVGrpc.KVBlockingStub, T> action) {
        try {
            return withToken(action);
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.UNAUTHENTICATED) {
                throw e;
            }
            login();
            return withToken(action);
        }
    }

    private <T> T withToken(Function<KVGrpc.KVBlockingStub, T> action) {
        var headers = new Metadata();
        token.ifPresent(known -> headers.put(TOKEN, known));
        return anywhere(channel -> action.apply(KVGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(config.timing().request().toNanos(), TimeUnit.NANOSECONDS)));
    }

    /// Whoever did not answer is asked last the next time.
    private <T> T anywhere(Function<ManagedChannel, T> action) {
        for (int left = channels.size(); ; left--) {
            try {
                return action.apply(channels.getFirst());
            } catch (StatusRuntimeException e) {
                if (left == 1 || !isSilence(e.getStatus().getCode())) {
                    throw e;
                }
                channels.add(channels.removeFirst());
            }
        }
    }

    private static boolean isSilence(Status.Code code) {
        return code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED;
    }

    private ManagedChannel channel(Url endpoint) throws IOException {
        var timing = config.timing();
        return NettyChannelBuilder.forAddress(endpoint.host(), endpoint.port(), credentials(endpoint))
                .withOption(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(Math.max(1, timing.dial().toMillis())))
                .keepAliveTime(timing.keepAlive().toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTimeout(timing.keepAliveAnswer().toNanos(), TimeUnit.NANOSECONDS)
                .build();
    }

    private ChannelCredentials credentials(Url endpoint) throws IOException {
        if (!endpoint.isSecure()) {
            return InsecureChannelCredentials.create();
        }
        var security = config.security();
        var credentials = TlsChannelCredentials.newBuilder();
        if (security.trustsEverybody()) {
            credentials.trustManager(ClientTls.trustingEverybody());
        } else if (!security.authorities().isEmpty()) {
            credentials.trustManager(Path.of(security.authorities()).toFile());
        }
        if (!security.identity().isNone()) {
            credentials.keyManager(ClientTls.showing(security.identity()));
        }
        return credentials.build();
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    /// The first key behind those that begin so; prefixes here end with a letter.
    private static ByteString endOf(ByteString prefix) {
        var end = prefix.toByteArray();
        end[end.length - 1]++;
        return ByteString.copyFrom(end);
    }
}
