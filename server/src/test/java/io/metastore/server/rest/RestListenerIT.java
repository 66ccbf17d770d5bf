package io.metastore.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import etcdserverpb.AlarmRequest;
import etcdserverpb.AlarmType;
import etcdserverpb.MaintenanceGrpc;
import io.metastore.server.process.FreePorts;
import io.metastore.server.tls.TestAuthority;
import io.metastore.server.tls.TestSecurity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RestListenerIT {
    @Test
    void nobodyIsAnsweredBeforeTheMemberIsReady() throws Exception {
        try (var member = RestMember.returning()) {
            var early = member.client().sendAsync(member.request("/a").GET().build(), BodyHandlers.ofString());
            assertThatThrownBy(() -> early.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

            member.ready();

            assertThat(early.get().statusCode()).isEqualTo(404);
        }
    }

    @Test
    void itIsServedOverTlsBesidePlainEtcd(@TempDir Path directory) throws Exception {
        var authority = new TestAuthority("authority");
        var files = authority.issue("server").write(directory, "server");
        var url = "https://127.0.0.1:" + FreePorts.take(1).getFirst();
        try (var member = new RestMember(
                        "--listen-rest-urls=" + url,
                        "--cert-file=" + files.certificate(),
                        "--key-file=" + files.key());
                var client = HttpClient.newBuilder()
                        .sslContext(TestSecurity.trusting(authority.write(directory, "authority")))
                        .build()) {
            var stored = client.send(
                    HttpRequest.newBuilder(URI.create(url + "/a"))
                            .PUT(HttpRequest.BodyPublishers.ofString("b"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(stored.statusCode()).isEqualTo(204);
            var plain = HttpRequest.newBuilder(URI.create(url.replace("https", "http") + "/a"))
                    .build();
            assertThatThrownBy(() -> client.send(plain, BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertThat(member.channel().isShutdown()).isFalse();
        }
    }

    @Test
    void withoutSpaceAWriteIsRefusedAndTheAlarmRaised() throws Exception {
        try (var member = new RestMember("--quota-backend-bytes=100000")) {
            var answer = member.put("/big", "x".repeat(200_000));
            assertThat(answer.statusCode()).isEqualTo(507);
            assertThat(answer.body()).isEqualTo("Failed on PUT\n");
            assertThat(answer.headers().firstValue("X-MetaStore-Error"))
                    .hasValue("etcdserver: mvcc: database space exceeded");

            var alarms = MaintenanceGrpc.newBlockingStub(member.channel())
                    .alarm(AlarmRequest.newBuilder()
                            .setAction(AlarmRequest.AlarmAction.GET)
                            .build());
            assertThat(alarms.getAlarms(0).getAlarm()).isEqualTo(AlarmType.NOSPACE);
            assertThat(member.delete("/big").statusCode()).isEqualTo(204);
        }
    }
}
