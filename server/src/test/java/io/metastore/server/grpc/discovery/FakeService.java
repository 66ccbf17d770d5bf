package io.metastore.server.grpc.discovery;

import com.google.protobuf.ByteString;
import etcdserverpb.AuthGrpc;
import etcdserverpb.AuthenticateRequest;
import etcdserverpb.AuthenticateResponse;
import etcdserverpb.KVGrpc;
import etcdserverpb.PutRequest;
import etcdserverpb.PutResponse;
import etcdserverpb.RangeRequest;
import etcdserverpb.RangeResponse;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.metastore.server.config.Url;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import mvccpb.KeyValue;
import org.jspecify.annotations.Nullable;

/// A discovery service that keeps keys and values, and may be out of order, or want a token.
final class FakeService implements AutoCloseable {
    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);

    private final Server server;
    private final boolean secure;
    private final TreeMap<String, KeyValue> rows = new TreeMap<>();
    private final AtomicInteger logins = new AtomicInteger();
    private long revision = 1;
    private int failures;
    private Optional<String> password = Optional.empty();
    private volatile String wanted = "";

    private FakeService(ServerCredentials credentials, boolean secure) throws IOException {
        this.secure = secure;
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials)
                .addService(new Keys())
                .addService(new Users())
                .intercept(new Tokens())
                .build()
                .start();
    }

    static FakeService start() throws IOException {
        return new FakeService(InsecureServerCredentials.create(), false);
    }

    static FakeService secured(ServerCredentials credentials) throws IOException {
        return new FakeService(credentials, true);
    }

    Url url() {
        return new Url(secure, "127.0.0.1", server.getPort());
    }

    synchronized void put(String key, String value) {
        revision++;
        var before = rows.get(key);
        rows.put(
                key,
                KeyValue.newBuilder()
                        .setKey(ByteString.copyFromUtf8(key))
                        .setValue(ByteString.copyFromUtf8(value))
                        .setCreateRevision(before == null ? revision : before.getCreateRevision())
                        .build());
    }

    synchronized @Nullable String get(String key) {
        var row = rows.get(key);
        return row == null ? null : row.getValue().toStringUtf8();
    }

    /// The next so many calls find nobody.
    synchronized void fail(int calls) {
        failures = calls;
    }

    /// From now on there are users; the password of the only one is this.
    synchronized void want(String secret) {
        password = Optional.of(secret);
        wanted = "token-0";
    }

    /// Tokens that were given out are worth nothing any more.
    void forgetTokens() {
        wanted = "token-" + (logins.get() + 1);
    }

    int logins() {
        return logins.get();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private final class Keys extends KVGrpc.KVImplBase {
        @Override
        public void range(RangeRequest request, StreamObserver<RangeResponse> reply) {
            synchronized (FakeService.this) {
                if (failures > 0) {
                    failures--;
                    reply.onError(
                            Status.UNAVAILABLE.withDescription("out of order").asRuntimeException());
                    return;
                }
                var key = request.getKey().toStringUtf8();
                var found = request.getRangeEnd().isEmpty()
                        ? rows.subMap(key, true, key, true)
                        : rows.subMap(key, true, request.getRangeEnd().toStringUtf8(), false);
                reply.onNext(
                        RangeResponse.newBuilder().addAllKvs(found.values()).build());
                reply.onCompleted();
            }
        }

        @Override
        public void put(PutRequest request, StreamObserver<PutResponse> reply) {
            FakeService.this.put(
                    request.getKey().toStringUtf8(), request.getValue().toStringUtf8());
            reply.onNext(PutResponse.getDefaultInstance());
            reply.onCompleted();
        }
    }

    private final class Users extends AuthGrpc.AuthImplBase {
        @Override
        public void authenticate(AuthenticateRequest request, StreamObserver<AuthenticateResponse> reply) {
            synchronized (FakeService.this) {
                if (password.isEmpty()) {
                    reply.onError(Status.FAILED_PRECONDITION
                            .withDescription("etcdserver: authentication is not enabled")
                            .asRuntimeException());
                } else if (!password.get().equals(request.getPassword())) {
                    reply.onError(Status.INVALID_ARGUMENT
                            .withDescription("etcdserver: authentication failed, invalid user ID or password")
                            .asRuntimeException());
                } else {
                    wanted = "token-" + logins.incrementAndGet();
                    reply.onNext(
                            AuthenticateResponse.newBuilder().setToken(wanted).build());
                    reply.onCompleted();
                }
            }
        }
    }

    private final class Tokens implements ServerInterceptor {
        @Override
        public <I, O> ServerCall.Listener<I> interceptCall(
                ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
            boolean login = call.getMethodDescriptor().getFullMethodName().endsWith("Authenticate");
            if (login || wanted.isEmpty() || wanted.equals(headers.get(TOKEN))) {
                return next.startCall(call, headers);
            }
            call.close(Status.UNAUTHENTICATED.withDescription("etcdserver: invalid auth token"), new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }
}
