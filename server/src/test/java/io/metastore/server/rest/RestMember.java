package io.metastore.server.rest;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.metastore.server.Server;
import io.metastore.server.cli.CommandLine;
import io.metastore.server.process.DataFolder;
import io.metastore.server.process.FreePorts;
import io.metastore.server.raft.watchdog.ToldEnding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A member inside this JVM that serves REST and etcd's clients, and a client of each.
final class RestMember implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final DataFolder folder = DataFolder.create("rest-");
    private final HttpClient client = HttpClient.newHttpClient();
    private final Server server;
    private final ManagedChannel channel;
    private final int port;

    /// @param flags besides those for its ports and its folder
    RestMember(String... flags) throws IOException, InterruptedException {
        this(new Flags(List.of(flags)));
        ready();
    }

    private record Flags(List<String> more) {}

    /// One that is not ready.
    static RestMember returning() throws IOException {
        return new RestMember(new Flags(List.of()));
    }

    private RestMember(Flags flags) throws IOException {
        var ports = FreePorts.take(3);
        var etcd = "http://127.0.0.1:" + ports.get(0);
        var peer = "http://127.0.0.1:" + ports.get(1);
        port = ports.get(2);
        var all = new ArrayList<>(List.of(
                "--data-dir=" + folder.path().resolve("data"),
                "--listen-client-urls=" + etcd,
                "--advertise-client-urls=" + etcd,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--storage=memory"));
        all.addAll(flags.more());
        if (flags.more().stream().noneMatch(flag -> flag.startsWith("--listen-rest-urls"))) {
            all.add("--listen-rest-urls=http://127.0.0.1:" + port);
        }
        if (!(CommandLine.parse(all.toArray(String[]::new), Map.of())
                instanceof CommandLine.Result.Run(var config, var _))) {
            throw new IllegalArgumentException("the flags are refused: " + all);
        }
        server = Server.start(config, folder.path().resolve("native"), ToldEnding.unexpected());
        channel = NettyChannelBuilder.forAddress("127.0.0.1", ports.get(0))
                .usePlaintext()
                .build();
    }

    void ready() throws InterruptedException {
        server.awaitReady();
    }

    ManagedChannel channel() {
        return channel;
    }

    HttpClient client() {
        return client;
    }

    /// A request for this path and query, which are sent as they are.
    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .timeout(PATIENCE);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpResponse<String> put(String target, String value, String... headers) throws IOException, InterruptedException {
        return send(with(request(target), headers).PUT(BodyPublishers.ofString(value)));
    }

    HttpResponse<String> get(String target, String... headers) throws IOException, InterruptedException {
        return send(with(request(target), headers).GET());
    }

    HttpResponse<String> delete(String target, String... headers) throws IOException, InterruptedException {
        return send(with(request(target), headers).DELETE());
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
        channel.shutdownNow();
        server.close();
        folder.close();
    }
}
