package io.metastore.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.metastore.server.process.DataFolder;
import io.metastore.server.process.FreePorts;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A member that comes back goes through its log, and through everything that held for a while: it answers nobody by
/// what it believes meanwhile. In memory, and without a snapshot, so that it goes through all of it.
@Timeout(120)
class ReturningMemberIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Between that a key was open to all and that it was not: a member needs a fifth of a second for them.
    private static final int CHANGES = 60_000;

    private static final int IN_FLIGHT = 500;

    private final DataFolder folder = DataFolder.create("e2e-returning-");
    private MemberProcess member;

    @BeforeEach
    void start() {
        var ports = FreePorts.take(2);
        var place = "127.0.0.1:" + ports.get(0);
        var peer = "http://127.0.0.1:" + ports.get(1);
        var flags = List.of(
                "--storage=memory",
                "--snapshot-count=10000000",
                "--data-dir=" + folder.path().resolve("m"),
                "--listen-client-urls=http://" + place,
                "--advertise-client-urls=http://" + place,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer);
        member = new MemberProcess(
                "m", ServerProgram.underTest().with(flags), place, folder.path().resolve("m.log"));
        member.start();
        member.awaitReady(PATIENCE);
    }

    @AfterEach
    void stop() {
        member.close();
        folder.close();
    }

    @Test
    void nobodyReadsByWhatWasAllowedOnce() throws Exception {
        try (var client =
                Client.builder().endpoints("http://" + member.endpoint()).build()) {
            get(client.getKVClient().put(bytes("hidden"), bytes("value")));
            change(client);
            var auth = client.getAuthClient();
            get(auth.userAdd(bytes("root"), bytes("secret")));
            get(auth.userGrantRole(bytes("root"), bytes("root")));
            get(auth.authEnable());
        }

        member.kill();
        member.start();
        var ready = CompletableFuture.runAsync(() -> member.awaitReady(PATIENCE));
        var answers = new ArrayList<String>();
        while (!ready.isDone()) {
            answers.add(read("hidden"));
        }
        ready.join();
        answers.add(read("hidden"));

        assertThat(answers)
                .allMatch(answer -> answer.equals("nobody is there") || answer.contains("user name is empty"));
        assertThat(answers.getLast()).contains("user name is empty");
    }

    private static void change(Client client) {
        var room = new Semaphore(IN_FLIGHT);
        for (int i = 0; i < CHANGES; i++) {
            room.acquireUninterruptibly();
            var _ = client.getKVClient()
                    .put(bytes("k" + i % 100), bytes("v" + i))
                    .thenRun(room::release);
        }
        room.acquireUninterruptibly(IN_FLIGHT);
    }

    /// What this member alone says to somebody without a name.
    private String read(String key) throws IOException, InterruptedException {
        var encoded = Base64.getEncoder().encodeToString(key.getBytes(UTF_8));
        var request = HttpRequest.newBuilder(URI.create("http://" + member.endpoint() + "/v3/kv/range"))
                .POST(BodyPublishers.ofString("{\"key\":\"" + encoded + "\",\"serializable\":true}"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (ConnectException notYet) {
            return "nobody is there";
        }
    }

    private static <T> T get(CompletableFuture<T> answer) {
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, UTF_8);
    }
}
