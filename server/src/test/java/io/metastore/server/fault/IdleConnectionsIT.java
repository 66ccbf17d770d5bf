package io.metastore.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.fault.Operation.Answer;
import io.metastore.server.fault.Operation.Call;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients that connect and then say nothing, as those behind a broken load balancer.
@Timeout(120)
class IdleConnectionsIT {
    private static final int CONNECTIONS = 10_000;
    private static final long MOST_BYTES_EACH = 24 << 10;

    /// The preface of HTTP/2 and an empty frame of settings: then a connection has all its handlers.
    private static final byte[] HTTP2 =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

    @Test
    void tenThousandHarmNobodyAndCostLittle() throws IOException {
        try (var cluster = ClusterProcesses.start(ServerProgram.underTest(), 1, List.of());
                var client = new Client(cluster.endpoints(), 0)) {
            var member = cluster.members().getFirst();
            assertThat(client.ask(new Call.Put("key", "before"))).isInstanceOf(Answer.Written.class);
            long before = residentBytes(member);
            var idle = new ArrayList<SocketChannel>();
            try {
                for (int i = 0; i < CONNECTIONS; i++) {
                    idle.add(connect(member, i % 5 == 0 ? new byte[0] : HTTP2));
                }
                awaitSettings(idle.getLast());

                assertThat(client.ask(new Call.Put("key", "meanwhile"))).isInstanceOf(Answer.Written.class);
                assertThat((residentBytes(member) - before) / CONNECTIONS)
                        .as("resident bytes for each connection")
                        .isLessThan(MOST_BYTES_EACH);
            } finally {
                for (var channel : idle) {
                    channel.close();
                }
            }
            assertThat(client.ask(new Call.Put("key", "after"))).isInstanceOf(Answer.Written.class);
        }
    }

    private static SocketChannel connect(MemberProcess member, byte[] first) throws IOException {
        var endpoint = member.endpoint().split(":", 2);
        var channel = SocketChannel.open(new InetSocketAddress(endpoint[0], Integer.parseInt(endpoint[1])));
        channel.write(ByteBuffer.wrap(first));
        return channel;
    }

    /// The server's frame of settings: it has read what came on this connection, and on those before.
    private static void awaitSettings(SocketChannel channel) throws IOException {
        assertThat(channel.read(ByteBuffer.allocate(9))).isPositive();
    }

    private static long residentBytes(MemberProcess member) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + member.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}
