package io.metastore.server.snapshot;

import io.metastore.server.file.Durable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A state that waits in a data directory for the first start of the member it was restored for:
///
///     <data-dir>/metastore/restored/{db,plan}    by `metastore snapshot restore`; removed once it is taken over
///     <data-dir>/member/snap/db                  by `etcdutl snapshot restore`; `member` is renamed then, so that the
///                                                same member cannot begin from it again
///
/// @param file the state itself
/// @param origin the directory that is to disappear
public record RestoredState(Path file, Path origin, RestorePlan plan) {
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final String STATE = "db";
    private static final String PLAN = "plan";
    private static final String MEMBER = "member";
    private static final String TAKEN = "member.imported";

    /// What waits for a member's first start, if anything does.
    ///
    /// @param dataDir the data directory
    /// @param ours where `metastore snapshot restore` puts what it restores
    /// @throws SnapshotException when there is something that must not be taken over
    public static Optional<RestoredState> find(Path dataDir, Path ours) throws IOException {
        if (Files.exists(ours.resolve(PLAN))) {
            var plan = RestorePlan.decode(Files.readAllBytes(ours.resolve(PLAN)));
            return Optional.of(new RestoredState(ours.resolve(STATE), ours, plan));
        }
        var member = dataDir.resolve(MEMBER);
        var state = member.resolve("snap").resolve(STATE);
        return Files.isRegularFile(state) ? Optional.of(ofEtcdutl(member, state)) : Optional.empty();
    }

    /// To be called when the state is taken over for good.
    public void discard() {
        discard(origin);
    }

    /// As `discard`, when it was called for and may not have come to its end.
    public static void discardRemains(Path dataDir, Path ours) {
        discard(ours);
        discard(dataDir.resolve(MEMBER));
    }

    private static void discard(Path origin) {
        try {
            if (!Files.exists(origin)) {
                return;
            }
            if (origin.endsWith(MEMBER)) {
                Files.move(origin, origin.resolveSibling(TAKEN), StandardCopyOption.ATOMIC_MOVE);
            } else {
                removeAll(origin);
            }
            Durable.syncDirectory(origin.resolveSibling(""));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot put away " + origin + ", which was taken over", e);
        }
    }

    /// Puts the state of `snapshot` into `target` for the members of `plan`, whole or not at all.
    ///
    /// @param target does not exist, or holds the rest of a restore that was cut short
    /// @param isHashChecked whether the file must end with the digest of what is before, as those of clients do
    /// @throws SnapshotException when the file is damaged
    public static void restore(Path snapshot, Path target, RestorePlan plan, boolean isHashChecked) throws IOException {
        var draft = target.resolveSibling(target.getFileName() + ".new");
        removeAll(draft);
        Files.createDirectories(draft, PRIVATE);
        try {
            var state = draft.resolve(STATE);
            new SnapshotCopy(snapshot, isHashChecked).to(state);
            try (var file = SnapshotFile.open(state)) {
                file.check();
            }
            write(draft.resolve(PLAN), plan.encoded());
            Durable.syncDirectory(draft);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            Durable.syncDirectory(target.resolveSibling(""));
        } catch (IOException | RuntimeException e) {
            removeAll(draft);
            removeIfEmpty(target.resolveSibling(""));
            throw e;
        }
    }

    /// What an etcd has run on since is more than the file tells: the rest is in its log.
    private static RestoredState ofEtcdutl(Path member, Path state) throws IOException {
        try (var file = SnapshotFile.open(state)) {
            var members = file.members();
            if (members.isEmpty() || file.term() != 1 || file.consistentIndex() != members.size()) {
                throw new SnapshotException("the directory " + member + " holds the data of an etcd that has run on it,"
                        + " and part of that may be in its log only. Take a snapshot of it with etcdctl snapshot save,"
                        + " and restore that into another --data-dir with metastore snapshot restore");
            }
            return new RestoredState(state, member, new RestorePlan(Bump.NONE, members));
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void removeAll(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> all;
        try (var files = Files.walk(directory)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (var file : all) {
            Files.delete(file);
        }
    }

    private static void removeIfEmpty(Path directory) throws IOException {
        try {
            Files.delete(directory);
        } catch (DirectoryNotEmptyException _) {
            // Then it was not made for this.
        }
    }
}
