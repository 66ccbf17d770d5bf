package io.metastore.server.differential;

import io.metastore.server.Server;
import io.metastore.server.cli.CommandLine;
import io.metastore.server.process.DataFolder;
import io.metastore.server.raft.watchdog.ToldEnding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// A member inside this JVM, from the same command line as a process.
final class LocalServer implements ServerUnderTest.Running {
    private final DataFolder folder;
    private final Address address;
    private final List<String> flags;
    private Server server;

    private LocalServer(DataFolder folder, Address address, List<String> flags) {
        this.folder = folder;
        this.address = address;
        this.flags = flags;
        this.server = start(folder, flags);
    }

    /// Starts a member and returns when it serves clients.
    ///
    /// @param folder of this member alone, deleted when it is closed
    static LocalServer start(DataFolder folder, Address address, List<String> flags) {
        return new LocalServer(folder, address, flags);
    }

    @Override
    public Address address() {
        return address;
    }

    /// @throws IllegalArgumentException for a kill, which would take the tests along
    @Override
    public void restart(boolean killed) {
        if (killed) {
            throw new IllegalArgumentException("only a process can be killed");
        }
        server.close();
        server = start(folder, flags);
    }

    @Override
    public void close() {
        server.close();
        folder.close();
    }

    private static Server start(DataFolder folder, List<String> flags) {
        var parsed = CommandLine.parse(flags.toArray(String[]::new), Map.of());
        if (!(parsed instanceof CommandLine.Result.Run(var config, var _))) {
            throw new IllegalArgumentException("the flags are refused: " + parsed);
        }
        try {
            var server = Server.start(config, folder.path().resolve("native"), ToldEnding.unexpected());
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + flags, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting " + flags, e);
        }
    }
}
