package io.metastore.server;

import io.metastore.server.cli.Version;
import io.metastore.server.config.ServerConfig;
import io.metastore.server.consensus.Vitals;
import io.metastore.server.model.Release;
import io.metastore.server.node.Node;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// What this member tells administrators of its program and its disk. Reads the disk; what it does not give is left
/// out.
///
/// @param log where Raft's log is
record OwnVitals(ServerConfig config, Node node, Path log) implements Supplier<Vitals> {
    private static final String NO_ENGINE = "none";

    @Override
    public Vitals get() {
        boolean witness = config.storage().isWitness();
        return new Vitals(
                Version.metaStore(),
                Release.CURRENT.toString(),
                witness ? NO_ENGINE : config.storage().engine().text(),
                logBytes(),
                witness ? OptionalLong.empty() : OptionalLong.of(node.status().dbSize()),
                freeBytes());
    }

    /// Where there is less, if data and log have volumes of their own.
    private OptionalLong freeBytes() {
        try {
            return OptionalLong.of(Math.min(
                    Files.getFileStore(config.member().dataDir()).getUsableSpace(),
                    Files.getFileStore(log).getUsableSpace()));
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }

    private OptionalLong logBytes() {
        var sum = new Sum();
        try {
            Files.walkFileTree(log, sum);
            return OptionalLong.of(sum.bytes);
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }

    /// Of files that may go while they are looked at.
    private static final class Sum extends SimpleFileVisitor<Path> {
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.size();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }
}
