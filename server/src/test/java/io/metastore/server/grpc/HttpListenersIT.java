package io.metastore.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import etcdserverpb.KVGrpc;
import io.metastore.server.config.LimitConfig;
import io.metastore.server.http.Access;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// HTTP on ports of its own, and who may come.
class HttpListenersIT {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    void withAPortOfItsOwnHttpIsNotServedOnThatOfGrpc() throws IOException {
        var http = new GrpcSettings.Http(List.of(ANY_PORT), List.of(), Access.OPEN, true);
        try (var member = member(http)) {
            var alone = member.httpAddresses().getFirst();

            assertThat(get(alone, "/version", "any").statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(post(alone, "/v3/kv/put", "{\"key\":\"YQ==\"}").statusLine())
                    .isEqualTo("HTTP/1.1 200 OK");
            assertThat(KVGrpc.newBlockingStub(member.channel())
                            .range(Wire.get("a"))
                            .getCount())
                    .isEqualTo(1);
            assertThatThrownBy(() -> get(member.address(), "/version", "any")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void theMetricsPortServesHealthToEverybodyAndNothingElse() throws IOException {
        var http = new GrpcSettings.Http(List.of(), List.of(ANY_PORT), new Access(Set.of("a.example"), Set.of()), true);
        try (var member = member(http)) {
            var metrics = member.httpAddresses().getFirst();

            assertThat(get(metrics, "/health", "any").statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(get(metrics, "/readyz", "any").body()).isEqualTo("ok\n");
            assertThat(get(metrics, "/version", "any").statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
            assertThat(post(metrics, "/v3/kv/put", "{}").statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
            assertThat(get(member.address(), "/health", "any").statusLine())
                    .isEqualTo("HTTP/1.1 421 Misdirected Request");
        }
    }

    @Test
    void aHostThatIsNotOnTheListIsRefusedInTheWordsOfEtcd() throws IOException {
        var access = new Access(Set.of("a.example", "::1"), Set.of("http://b.example:80"));
        try (var member = member(new GrpcSettings.Http(List.of(), List.of(), access, true))) {
            var refused = get(member.address(), "/version", "evil.example:2379");
            assertThat(refused.statusLine()).isEqualTo("HTTP/1.1 421 Misdirected Request");
            assertThat(refused.body()).contains("  - e.g. etcd --host-whitelist \"evil.example\"\n");
            assertThat(refused.head()).doesNotContain("Access-Control");
            assertThat(get(member.address(), "/version", "a.example").statusLine())
                    .endsWith("200 OK");
            assertThat(get(member.address(), "/version", "a.example:80").statusLine())
                    .endsWith("200 OK");
            assertThat(get(member.address(), "/version", "[::1]:80").statusLine())
                    .endsWith("200 OK");
        }
    }

    @Test
    void browsersMayComeFromTheOriginsOnTheList() throws IOException {
        var access = new Access(Set.of("*"), Set.of("http://b.example:80"));
        try (var member = member(new GrpcSettings.Http(List.of(), List.of(), access, true))) {
            assertThat(get(member.address(), "/version", "any\r\nOrigin: http://b.example:80")
                            .head())
                    .contains("Access-Control-Allow-Origin: http://b.example:80\r\n");
            assertThat(get(member.address(), "/version", "any\r\nOrigin: http://c.example:80")
                            .head())
                    .doesNotContain("Access-Control");
        }
    }

    @Test
    void theGatewayCanBeSwitchedOff() throws IOException {
        try (var member = member(new GrpcSettings.Http(List.of(), List.of(), Access.OPEN, false))) {
            assertThat(post(member.address(), "/v3/kv/range", "{}").body()).isEqualTo("404 page not found\n");
        }
    }

    private static LocalMember member(GrpcSettings.Http http) {
        return new LocalMember(LimitConfig.defaults(), GrpcSettings.KeepAlive.STANDARD, http);
    }

    private static HttpClientLines.Answer get(InetSocketAddress address, String uri, String host) throws IOException {
        try (var client = new HttpClientLines(address)) {
            client.send("GET " + uri + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            return client.read(true);
        }
    }

    private static HttpClientLines.Answer post(InetSocketAddress address, String uri, String body) throws IOException {
        try (var client = new HttpClientLines(address)) {
            client.send(
                    "POST " + uri + " HTTP/1.1\r\nHost: any\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            return client.read(true);
        }
    }
}
