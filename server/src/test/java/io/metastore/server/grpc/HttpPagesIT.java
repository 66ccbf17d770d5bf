package io.metastore.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Plain HTTP/1.1 on the port that gRPC is served on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpPagesIT {
    private LocalMember member;

    @BeforeAll
    void start() {
        member = new LocalMember();
    }

    @AfterAll
    void stop() {
        member.close();
    }

    @Test
    void healthIsToldWithTheHeadersOfEtcd() throws IOException {
        var answer = ask("GET", "/health");

        assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(answer.body()).isEqualTo("{\"health\":\"true\",\"reason\":\"\"}");
        assertThat(answer.head().lines())
                .contains(
                        "Access-Control-Allow-Headers: accept, content-type, authorization",
                        "Access-Control-Allow-Methods: POST, GET, OPTIONS, PUT, DELETE",
                        "Access-Control-Allow-Origin: *",
                        "Content-Type: text/plain; charset=utf-8");
    }

    @Test
    void onlyGettingIsAllowed() throws IOException {
        var answer = ask("POST", "/health");

        assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 405 Method Not Allowed");
        assertThat(answer.head().lines()).contains("Allow: GET");
        assertThat(answer.body()).isEqualTo("Method Not Allowed\n");
    }

    @Test
    void theVersionIsTheOneOfEtcd() throws IOException {
        var answer = ask("GET", "/version");

        assertThat(answer.head().lines()).contains("Content-Type: application/json");
        assertThat(answer.body())
                .isEqualTo("{\"etcdserver\":\"3.7.1\",\"etcdcluster\":\"3.7.0\",\"storage\":\"3.7.0\"}");
    }

    @Test
    void theProbesAnswer() throws IOException {
        assertThat(ask("GET", "/livez").body()).isEqualTo("ok\n");
        assertThat(ask("GET", "/readyz?verbose").body())
                .contains("[+]linearizable_read ok\n")
                .endsWith("ok\n");
    }

    @Test
    void anUnknownPathIsNotFound() throws IOException {
        var answer = ask("GET", "/members");

        assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
        assertThat(answer.body()).isEqualTo("404 page not found\n");
    }

    @Test
    void requestsSentTogetherAreAnsweredInTheirOrder() throws IOException {
        try (var client = new HttpClientLines(member.address())) {
            client.send(request("GET", "/readyz")
                    + request("GET", "/version")
                    + request("HEAD", "/nothing")
                    + request("OPTIONS", "/health")
                    + request("GET", "/livez"));

            assertThat(client.read(true).body()).isEqualTo("ok\n");
            assertThat(client.read(true).body()).contains("etcdserver");
            assertThat(client.read(false).statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
            assertThat(client.read(true).statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(client.read(true).body()).isEqualTo("ok\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 45, 60})
    void aRequestMayComeInPieces(int cut) throws IOException {
        var body = "{\"key\":\"YQ==\"}";
        var text = "POST /v3/kv/range HTTP/1.1\r\nHost: any\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (var client = new HttpClientLines(member.address())) {
            for (int round = 0; round < 3; round++) {
                client.send(text.substring(0, cut));
                awaitRead();
                client.send(text.substring(cut));

                assertThat(client.read(true).statusLine()).isEqualTo("HTTP/1.1 200 OK");
            }
        }
    }

    /// By then the member has read what was sent before: it serves all connections with two threads.
    private void awaitRead() throws IOException {
        for (int i = 0; i < 10; i++) {
            ask("GET", "/version");
        }
    }

    @Test
    void aMemberWithoutALeaderIsIllButLives() throws IOException {
        member.consensus.setLeader(false);
        try {
            assertThat(ask("GET", "/health").body())
                    .isEqualTo("{\"health\":\"false\",\"reason\":\"RAFT NO LEADER\"}\n");
            assertThat(ask("GET", "/health?serializable=true").statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(ask("GET", "/livez").statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(ask("GET", "/readyz").statusLine()).isEqualTo("HTTP/1.1 503 Service Unavailable");
        } finally {
            member.consensus.setLeader(true);
        }
    }

    private HttpClientLines.Answer ask(String method, String uri) throws IOException {
        try (var client = new HttpClientLines(member.address())) {
            client.send(request(method, uri));
            return client.read(true);
        }
    }

    private static String request(String method, String uri) {
        return method + " " + uri + " HTTP/1.1\r\nHost: any\r\n\r\n";
    }
}
