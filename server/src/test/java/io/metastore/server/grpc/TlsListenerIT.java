package io.metastore.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import etcdserverpb.AuthEnableRequest;
import etcdserverpb.AuthGrpc;
import etcdserverpb.AuthUserAddRequest;
import etcdserverpb.AuthUserGrantRoleRequest;
import etcdserverpb.KVGrpc;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.InternalNettyServerCredentials;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.metastore.server.config.CertificateFiles;
import io.metastore.server.config.TransportSecurity;
import io.metastore.server.grpc.auth.CallCredentials;
import io.metastore.server.http.Access;
import io.metastore.server.node.Credentials;
import io.metastore.server.tls.Issued;
import io.metastore.server.tls.TestAuthority;
import io.metastore.server.tls.TestSecurity;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The port for clients over TLS: gRPC and HTTP, and whom it turns away.
class TlsListenerIT {
    private final TestAuthority authority = new TestAuthority("authority");

    @TempDir
    Path directory = Path.of("");

    private CertificateFiles own = CertificateFiles.NONE;
    private String trusted = "";
    private LocalMember member;

    @BeforeEach
    void start() {
        own = authority.issue("server").write(directory, "server");
        trusted = authority.write(directory, "authority");
        member = listening(TestSecurity.mutual(own, trusted));
    }

    @AfterEach
    void stop() {
        member.close();
    }

    @Test
    void grpcIsServedToWhoShowsATrustedCertificate() throws Exception {
        var channel = connect(authority.issue("alice"));

        assertThat(put(channel)).isEqualTo(2);
        end(channel);
    }

    @Test
    void whoShowsNoneOrAWrongOneIsRefused() throws Exception {
        refused(connect(new TestAuthority("another").issue("alice")));
        refused(connect(authority.expired("alice")));
        refused(withoutCertificate());
    }

    @Test
    void plainTextIsNotAnswered() throws Exception {
        refused(NettyChannelBuilder.forAddress(member.address()).usePlaintext().build());
        try (var socket =
                new Socket(member.address().getAddress(), member.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer).doesNotContain("HTTP", "health");
        }
    }

    @Test
    void thePagesAreServedOverHttp() throws Exception {
        for (var version : HttpClient.Version.values()) {
            try (var client = httpClient(version)) {
                assertThat(health(client, member.address())).isEqualTo("{\"health\":\"true\",\"reason\":\"\"}");
            }
        }
    }

    @Test
    void portsForHttpAloneSpeakItToo() throws Exception {
        var http =
                new GrpcSettings.Http(List.of(LocalMember.ANY_PORT), List.of(LocalMember.ANY_PORT), Access.OPEN, true);
        var ports = new SecurePorts(
                TestSecurity.server(TestSecurity.mutual(own, trusted)), List.of(LocalMember.ANY_PORT), List.of());
        try (var secure = new LocalMember(http, ports);
                var client = httpClient(HttpClient.Version.HTTP_1_1)) {
            for (var address : secure.httpAddresses()) {
                assertThat(health(client, address)).isEqualTo("{\"health\":\"true\",\"reason\":\"\"}");
            }
        }
    }

    @Test
    void theListOfHostsIsForPlainTextOnly() throws Exception {
        var http = new GrpcSettings.Http(
                List.of(LocalMember.ANY_PORT), List.of(), new Access(Set.of("a.example"), Set.of()), true);
        var ports = new SecurePorts(
                TestSecurity.server(TestSecurity.mutual(own, trusted)), List.of(LocalMember.ANY_PORT), List.of());
        try (var secure = new LocalMember(http, ports);
                var client = httpClient(HttpClient.Version.HTTP_1_1)) {
            assertThat(health(client, secure.httpAddresses().getFirst())).contains("true");
        }
    }

    @Test
    void withAuthTheGatewayRefusesWhoHasACertificateWithANameInTheWordsOfEtcd() throws Exception {
        try (var client = httpClient(HttpClient.Version.HTTP_1_1)) {
            assertThat(postPut(client).statusCode()).isEqualTo(200);

            enableAuth(connect(authority.issue("alice")));
            var refused = postPut(client);

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body())
                    .isEqualTo("CommonName of client sending a request against gateway will be ignored and not used"
                            + " as expected\n");
            assertThat(health(client, member.address())).contains("true");
        }
    }

    private HttpResponse<String> postPut(HttpClient client) throws Exception {
        var uri = URI.create("https://localhost:" + member.address().getPort() + "/v3/kv/put");
        var body = HttpRequest.BodyPublishers.ofString("{\"key\":\"YQ==\"}");
        return client.send(HttpRequest.newBuilder(uri).POST(body).build(), BodyHandlers.ofString());
    }

    private static void enableAuth(ManagedChannel channel) throws InterruptedException {
        var auth = AuthGrpc.newBlockingStub(channel);
        auth.userAdd(AuthUserAddRequest.newBuilder()
                .setName("root")
                .setPassword("secret")
                .build());
        auth.userGrantRole(AuthUserGrantRoleRequest.newBuilder()
                .setUser("root")
                .setRole("root")
                .build());
        auth.authEnable(AuthEnableRequest.getDefaultInstance());
        end(channel);
    }

    private HttpClient httpClient(HttpClient.Version version) {
        return HttpClient.newBuilder()
                .sslContext(
                        TestSecurity.client(security(authority.issue("alice"))).context())
                .version(version)
                .build();
    }

    private static String health(HttpClient client, InetSocketAddress address) throws Exception {
        var uri = URI.create("https://localhost:" + address.getPort() + "/health");
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    @Test
    void oneAddressMaySpeakBoth() throws Exception {
        try (var both = new LocalMember(new SecurePorts(
                TestSecurity.server(TestSecurity.mutual(own, trusted)),
                List.of(LocalMember.ANY_PORT),
                List.of(LocalMember.ANY_PORT)))) {
            var plain = NettyChannelBuilder.forAddress(both.address())
                    .usePlaintext()
                    .build();
            var secure = SecureClient.connect(both.address(), security(authority.issue("alice")));

            assertThat(put(plain)).isEqualTo(2);
            assertThat(put(secure)).isEqualTo(3);
            end(plain);
            end(secure);
        }
    }

    @Test
    void aCallKnowsTheCommonNameOfItsConnection() throws Exception {
        var names = new CopyOnWriteArrayList<Credentials>();
        var loops = new EventLoops(1);
        var ports = new SecurePorts(
                TestSecurity.server(TestSecurity.mutual(own, trusted)),
                List.of(LocalMember.ANY_PORT),
                List.of(LocalMember.ANY_PORT));
        var sharing = new PortSharing(loops, 1 << 20, Optional.empty(), Optional.of(ports));
        var health = new HealthStatusManager();
        var server = NettyServerBuilder.forAddress(LocalMember.ANY_PORT, InternalNettyServerCredentials.create(sharing))
                .channelType(loops.channelType())
                .bossEventLoopGroup(loops.group())
                .workerEventLoopGroup(loops.group())
                .addService(ServerInterceptors.intercept(health.getHealthService(), new NameKeeper(names)))
                .build()
                .start();
        var address = (InetSocketAddress) server.getListenSockets().getFirst();

        for (var channel : List.of(
                SecureClient.connect(address, security(authority.issue("alice"))),
                SecureClient.connect(address, security(authority.issue(""))),
                NettyChannelBuilder.forAddress(address).usePlaintext().build())) {
            HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
            end(channel);
        }

        assertThat(names).containsExactly(new Credentials.CommonName("alice"), Credentials.NONE, Credentials.NONE);
        server.shutdownNow().awaitTermination();
        loops.close();
    }

    @Test
    void certificatesChangeUnderLoadAndNoCallFails() throws Exception {
        var alice = authority.issue("alice");
        var old = connect(alice);
        var kv = KVGrpc.newBlockingStub(old);
        var running = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = threads.submit(() -> {
                int done = 0;
                for (; running.get(); done++) {
                    kv.range(RangeRequest.newBuilder()
                            .setKey(ByteString.copyFromUtf8("k"))
                            .build());
                }
                return done;
            });
            var next = new TestAuthority("next");
            for (int i = 0; i < 5; i++) {
                Files.writeString(Path.of(own.key()), "half a file");
                assertThat(put(connect(alice))).isPositive();
                authority.issue("server " + i).write(directory, "server");
                assertThat(put(connect(alice))).isPositive();
            }
            next.write(directory, "authority");
            next.issue("server").write(directory, "server");
            refused(connect(alice));
            var renewed = SecureClient.connect(
                    member.address(),
                    TestSecurity.mutual(
                            next.issue("alice").write(directory, "next"), next.write(directory, "of-next")));
            assertThat(put(renewed)).isPositive();
            end(renewed);
            running.set(false);

            assertThat(calls.get()).isPositive();
        }
        assertThat(put(old)).isPositive();
        end(old);
    }

    private LocalMember listening(TransportSecurity security) {
        return new LocalMember(
                new SecurePorts(TestSecurity.server(security), List.of(LocalMember.ANY_PORT), List.of()));
    }

    private TransportSecurity security(Issued shown) {
        // A name for each, since clients look at their files anew too.
        var name = "client-" + shown.uniqueName();
        return TestSecurity.mutual(shown.write(directory, name), authority.write(directory, "of-client"));
    }

    private ManagedChannel connect(Issued shown) {
        return SecureClient.connect(member.address(), security(shown));
    }

    private ManagedChannel withoutCertificate() {
        return NettyChannelBuilder.forAddress(member.address())
                .sslContext(SecureClient.context(TestSecurity.trusting(trusted)))
                .build();
    }

    private static long put(ManagedChannel channel) {
        var request =
                PutRequest.newBuilder().setKey(ByteString.copyFromUtf8("k")).build();
        return KVGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .put(request)
                .getHeader()
                .getRevision();
    }

    private static void refused(ManagedChannel channel) throws InterruptedException {
        assertThatThrownBy(() -> put(channel))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refusal ->
                                assertThat(refusal.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNAVAILABLE));
        end(channel);
    }

    private static void end(ManagedChannel channel) throws InterruptedException {
        assertThat(channel.shutdownNow().awaitTermination(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
    }

    private record NameKeeper(List<Credentials> names) implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            names.add(CallCredentials.of(call.getAttributes(), headers));
            return next.startCall(call, headers);
        }
    }
}
