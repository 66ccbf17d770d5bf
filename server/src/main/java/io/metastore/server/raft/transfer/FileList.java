package io.metastore.server.raft.transfer;

import com.google.protobuf.ByteString;
import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotChunk.Manifest;
import io.metastore.server.model.Sha256;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.apache.ratis.server.protocol.TermIndex;

/// A manifest that can be trusted as far as a manifest can: names stay inside the directory and do not collide, sizes
/// add up.
///
/// @param bytes of all files together
record FileList(TermIndex at, List<Entry> files, long bytes) {
    private static final int MOST_FILES = 100_000;

    /// @param sha256 32 bytes, of the whole content
    record Entry(FileName name, long size, ByteString sha256) {}

    /// Checks a manifest that came from another member.
    ///
    /// @throws TransferException when something in it cannot be
    static FileList of(Manifest manifest) {
        if (manifest.getIndex() < 0 || manifest.getTerm() < 0 || manifest.getFilesCount() > MOST_FILES) {
            throw new TransferException("refused a checkpoint of " + manifest.getFilesCount() + " files at term "
                    + manifest.getTerm() + ", index " + manifest.getIndex());
        }
        var files = new ArrayList<Entry>();
        var bytes = 0L;
        for (var file : manifest.getFilesList()) {
            var entry = entry(file);
            if (entry.size > Long.MAX_VALUE - bytes) {
                throw new TransferException("refused the sizes of a checkpoint's files: they do not add up");
            }
            files.add(entry);
            bytes += entry.size;
        }
        refuseCollisions(files);
        return new FileList(TermIndex.valueOf(manifest.getTerm(), manifest.getIndex()), List.copyOf(files), bytes);
    }

    private static Entry entry(SnapshotChunk.File file) {
        var name = FileName.parse(file.getName());
        if (file.getSize() < 0 || file.getSha256().size() != Sha256.BYTES) {
            throw new TransferException("refused the size or the sum of the file '" + file.getName() + "'");
        }
        return new Entry(name, file.getSize(), file.getSha256());
    }

    /// A name may occur once, and not as a directory of another:
    ///
    ///     a/b, a/b    refused          a, a/b    refused          a/b, a/c    fine
    private static void refuseCollisions(List<Entry> files) {
        var names = new HashSet<List<String>>();
        for (var file : files) {
            if (!names.add(file.name.parts())) {
                throw new TransferException("refused the file name '" + file.name.text() + "': it occurs twice");
            }
        }
        for (var file : files) {
            var parts = file.name.parts();
            for (var length = 1; length < parts.size(); length++) {
                if (names.contains(parts.subList(0, length))) {
                    throw new TransferException(
                            "refused the file name '" + file.name.text() + "': a part of it is a file");
                }
            }
        }
    }
}
