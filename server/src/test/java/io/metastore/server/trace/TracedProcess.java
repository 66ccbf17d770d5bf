package io.metastore.server.trace;

import io.metastore.server.process.DataFolder;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.time.Duration;
import java.util.stream.Stream;

/// A member that is a process of its own, this server or the real etcd.
final class TracedProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final DataFolder folder = DataFolder.create("trace-");
    private final MemberProcess process;

    TracedProcess(ServerProgram program, TestCollector collector, long perMillion, String... more) {
        var ports = Flags.Ports.free();
        var flags = Stream.concat(
                Flags.of(folder.path(), ports).stream(),
                Stream.concat(Flags.tracing(collector.address(), perMillion).stream(), Stream.of(more)));
        process = new MemberProcess(
                "default",
                program.with(flags.toList()),
                ports.client(),
                folder.path().resolve("log"));
        process.start();
        process.awaitReady(PATIENCE);
    }

    String endpoint() {
        return process.endpoint();
    }

    @Override
    public void close() {
        process.close();
        folder.close();
    }
}
