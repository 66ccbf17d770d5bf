package io.metastore.server;

import io.metastore.server.cli.Tool;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.RestoreConfig;
import io.metastore.server.config.SourceConfig;
import io.metastore.server.datadir.DataDirectory;
import io.metastore.server.datadir.DataDirectoryException;
import io.metastore.server.datadir.Founders;
import io.metastore.server.grpc.SnapshotClient;
import io.metastore.server.grpc.SnapshotClientException;
import io.metastore.server.grpc.admin.AdminClient;
import io.metastore.server.grpc.admin.AdminClientException;
import io.metastore.server.raft.log.UnusableLogException;
import io.metastore.server.snapshot.Bump;
import io.metastore.server.snapshot.MemberRecord;
import io.metastore.server.snapshot.RestorePlan;
import io.metastore.server.snapshot.RestoredState;
import io.metastore.server.snapshot.SnapshotException;
import io.metastore.server.snapshot.SnapshotFile;
import io.metastore.server.storage.StorageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// Runs what the program does besides serving, and says what came of it.
///
/// @param out for answers
/// @param err for what is being done, and for errors
/// @param nativeLibraries a directory in which native libraries are unpacked, or where they are already
record Tools(PrintStream out, PrintStream err, Path nativeLibraries) {
    private static final int FAILED = 1;
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /// Does it, and returns the exit code.
    int run(Tool tool) {
        try {
            switch (tool) {
                case Tool.SnapshotStatus(var file, var format) -> status(file, format);
                case Tool.RestoreSnapshot(var file, var restore) -> restore(file, restore);
                case Tool.Administer(var config) -> print(new AdminClient(config).run());
                case Tool.ImportCluster(var source, var restore) -> importFrom(source, restore);
                case Tool.RecoverQuorum asked -> {
                    return new Recovery(asked, out, nativeLibraries)
                            .run()
                            .map(this::failed)
                            .orElse(0);
                }
            }
            return 0;
        } catch (NoSuchFileException e) {
            return failed("open " + e.getFile() + ": no such file or directory");
        } catch (SnapshotException
                | SnapshotClientException
                | AdminClientException
                | ConfigException
                | DataDirectoryException
                | StorageException
                | UnusableLogException e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return failed(e.toString());
        }
    }

    private void status(Path file, Tool.Format format) throws IOException {
        try (var snapshot = SnapshotFile.open(file)) {
            print(new StatusText(snapshot.status()).in(format));
        }
    }

    private void print(String text) {
        // The lines of a table are not in every platform's own character set.
        out.writeBytes((text + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void restore(Path file, RestoreConfig config) throws IOException {
        requireEmpty(config);
        restoreInto(file, config);
    }

    private void importFrom(SourceConfig source, RestoreConfig config) throws IOException {
        requireEmpty(config);
        Files.createDirectories(config.dataDir(), PRIVATE);
        var copy = config.dataDir().resolve("import.part");
        try {
            err.println("copying the state of " + source.endpoint());
            new SnapshotClient(source).save(copy);
            restoreInto(copy, config);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private void restoreInto(Path file, RestoreConfig config) throws IOException {
        err.println("restoring snapshot " + file + " into " + config.dataDir());
        var founders = Founders.of(config.founders());
        for (var member : founders.members()) {
            err.println("added member " + member.id() + " " + member.name() + " " + member.peerUrls() + " to cluster "
                    + Long.toHexString(founders.clusterId()));
        }
        var members = founders.members().stream()
                .map(member -> new MemberRecord(member.id(), member.name(), member.peerUrls(), List.of(), false))
                .toList();
        RestoredState.restore(
                file,
                DataDirectory.restored(config.dataDir()),
                new RestorePlan(new Bump(config.bumpRevision()), members),
                config.isHashChecked());
        if (config.logDir().isPresent()) {
            Files.createDirectories(config.logDir().get());
        }
        err.println("restored snapshot " + file + "; the member takes it over at its first start with --name "
                + config.name() + " --data-dir " + config.dataDir());
    }

    private static void requireEmpty(RestoreConfig config) {
        if (Files.exists(config.dataDir()) && !isEmpty(config.dataDir())) {
            throw new SnapshotException("data-dir \"" + config.dataDir() + "\" not empty or could not be read");
        }
        config.logDir().filter(Files::exists).ifPresent(exists -> {
            throw new SnapshotException("wal-dir \"" + exists + "\" exists");
        });
    }

    private static boolean isEmpty(Path directory) {
        try (var entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private int failed(String message) {
        err.println("Error: " + message);
        return FAILED;
    }
}
