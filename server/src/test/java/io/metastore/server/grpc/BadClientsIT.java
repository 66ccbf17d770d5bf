package io.metastore.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import etcdserverpb.KVGrpc;
import etcdserverpb.LeaseGrantRequest;
import etcdserverpb.LeaseGrpc;
import etcdserverpb.RangeRequest;
import io.metastore.server.config.LimitConfig;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import v3lockpb.LockGrpc;
import v3lockpb.LockRequest;

/// Clients that say nonsense, say nothing, never finish or go in the middle. The member serves others as before, and
/// what it holds for them is bounded.
class BadClientsIT {
    /// Small, so that limits are reached soon: a body may have about 2 MB, all together eight times
    /// that.
    private static final LimitConfig SMALL = new LimitConfig(10_000, 128, LimitConfig.UNLIMITED_STREAMS, -1);

    private static final String HEALTHY = "{\"health\":\"true\",\"reason\":\"\"}";

    private LocalMember member;
    private final List<Socket> clients = new ArrayList<>();

    @BeforeEach
    void start() {
        member = new LocalMember(SMALL);
    }

    @AfterEach
    void stop() throws IOException {
        for (var client : clients) {
            client.close();
        }
        member.close();
    }

    @Test
    void randomBytesHarmNobody() throws IOException {
        var random = new Random(1);
        for (int i = 0; i < 200; i++) {
            var bytes = new byte[random.nextInt(2000)];
            random.nextBytes(bytes);
            say(bytes);
            say(("POST /v3/kv/put HTTP/1.1\r\nHost: x\r\nContent-Length: " + bytes.length + "\r\n\r\n"), bytes);
            say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", bytes);
        }

        assertHealthy();
    }

    @Test
    void requestsThatBreakOffHarmNobody() throws IOException {
        var body = "{\"key\":\"YQ==\",\"value\":\"YQ==\"}";
        var request = "POST /v3/kv/put HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        for (int length = 0; length < request.length(); length++) {
            try (var client =
                    new Socket(member.address().getAddress(), member.address().getPort())) {
                client.getOutputStream().write(request.substring(0, length).getBytes(StandardCharsets.US_ASCII));
            }
        }

        assertHealthy();
        assertThat(count()).isZero();
    }

    @Test
    void manyIdleConnectionsHarmNobody() throws IOException {
        for (int i = 0; i < 1000; i++) {
            say(i % 2 == 0 ? "" : "GET /health HTTP/1.1\r\nHost:");
        }

        assertHealthy();
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsSent() throws IOException {
        try (var client = new HttpClientLines(member.address())) {
            client.send("POST /v3/kv/put HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n");

            assertThat(client.read(true).statusLine()).isEqualTo("HTTP/1.1 413 Request Entity Too Large");
        }
    }

    @Test
    void bodiesThatAreNeverFinishedHaveOnlySoMuchRoom() throws IOException {
        var megabyte = new byte[1 << 20];
        for (int i = 0; i < 40; i++) {
            say("POST /v3/kv/put HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n", megabyte);
        }
        // Some were sent away: their connections end.
        await().untilAsserted(() -> assertThat(ended()).isGreaterThanOrEqualTo(20));
        assertHealthy();

        for (var client : clients) {
            client.close();
        }
        await().untilAsserted(() -> assertThat(put()).isEqualTo("HTTP/1.1 200 OK"));
    }

    @Test
    void aClientThatGoesAwayWaitsForNoLock() throws IOException {
        var locks = LockGrpc.newBlockingStub(member.channel());
        locks.lock(LockRequest.newBuilder()
                .setName(ByteString.copyFromUtf8("a"))
                .setLease(lease())
                .build());
        var body = "{\"name\":\"YQ==\",\"lease\":" + lease() + "}";
        var client =
                say("POST /v3/lock/lock HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        await().untilAsserted(() -> assertThat(count()).isEqualTo(2));

        client.close();

        await().untilAsserted(() -> assertThat(count()).isEqualTo(1));
    }

    @Test
    void aWatchWhoseClientDoesNotReadWaitsAndLosesNothing() throws IOException {
        var value = "x".repeat(500);
        int changes = 20_000;
        try (var client = new HttpClientLines(member.address())) {
            var body = "{\"create_request\":{\"key\":\"YQ==\"}}";
            client.send("POST /v3/watch HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            assertThat(client.readLine()).isEqualTo("HTTP/1.1 200 OK");
            client.skipTo("\"created\":true");
            var kv = KVGrpc.newFutureStub(member.channel());
            for (int i = 0; i < changes - 1; i++) {
                var _ = kv.put(Wire.put("a", value));
            }
            KVGrpc.newBlockingStub(member.channel()).put(Wire.put("a", "last"));
            assertHealthy();

            client.skipTo("\"version\":\"" + changes + "\"");
        }
    }

    private void assertHealthy() throws IOException {
        try (var client = new HttpClientLines(member.address())) {
            client.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.read(true).body()).isEqualTo(HEALTHY);
        }
    }

    private String put() throws IOException {
        try (var client = new HttpClientLines(member.address())) {
            var body = "{\"key\":\"YQ==\"}";
            client.send(
                    "POST /v3/kv/range HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            return client.read(true).statusLine();
        }
    }

    private long ended() throws IOException {
        int ended = 0;
        for (var client : clients) {
            client.setSoTimeout(1);
            try {
                while (client.getInputStream().read() >= 0) {
                    // The answer does not matter.
                }
                ended++;
            } catch (java.net.SocketTimeoutException open) {
                // It waits for the rest.
            } catch (IOException reset) {
                ended++;
            }
        }
        return ended;
    }

    private Socket say(byte[]... parts) throws IOException {
        var client = new Socket(member.address().getAddress(), member.address().getPort());
        clients.add(client);
        try {
            for (var part : parts) {
                client.getOutputStream().write(part);
            }
        } catch (IOException refused) {
            // The member may have closed the connection before it heard all.
            assertThat(refused).isNotNull();
        }
        return client;
    }

    private Socket say(String text, byte[] rest) throws IOException {
        return say(text.getBytes(StandardCharsets.US_ASCII), rest);
    }

    private Socket say(String text) throws IOException {
        return say(text.getBytes(StandardCharsets.US_ASCII));
    }

    private long lease() {
        return LeaseGrpc.newBlockingStub(member.channel())
                .leaseGrant(LeaseGrantRequest.newBuilder().setTTL(100).build())
                .getID();
    }

    private long count() {
        return KVGrpc.newBlockingStub(member.channel())
                .range(RangeRequest.newBuilder()
                        .setKey(ByteString.copyFromUtf8("a"))
                        .setRangeEnd(ByteString.copyFromUtf8("b"))
                        .setCountOnly(true)
                        .build())
                .getCount();
    }
}
