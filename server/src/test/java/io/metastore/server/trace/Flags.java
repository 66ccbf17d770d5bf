package io.metastore.server.trace;

import io.metastore.server.process.FreePorts;
import java.nio.file.Path;
import java.util.List;

/// Command lines of members.
final class Flags {
    private Flags() {}

    /// Where clients and peers connect to.
    record Ports(String client, String peer) {
        static Ports free() {
            var ports = FreePorts.take(2);
            return new Ports("127.0.0.1:" + ports.get(0), "127.0.0.1:" + ports.get(1));
        }
    }

    /// A cluster of one.
    static List<String> of(Path folder, Ports ports) {
        var client = "http://" + ports.client();
        var peer = "http://" + ports.peer();
        return List.of(
                "--data-dir=" + folder.resolve("data"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer);
    }

    static List<String> tracing(String collector, long perMillion) {
        return List.of(
                "--enable-distributed-tracing",
                "--distributed-tracing-address=" + collector,
                "--distributed-tracing-sampling-rate=" + perMillion);
    }
}
