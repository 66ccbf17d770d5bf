package io.metastore.server.raft.transfer;

import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotChunk.Manifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.ratis.server.protocol.TermIndex;

/// A manifest that can be trusted as far as a manifest can: names stay inside the directory and do not collide, sizes
/// add up.
///
/// @param bytes of all files together
record FileList(TermIndex at, List<Entry> files, long bytes) {
    private static final int MOST_FILES = 100_000;

    /// @param sentFrom where the part of the content begins that is sent, at most its size
    record Entry(FileName name, Content content, long sentFrom) {}

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
            if (entry.content.size() > Long.MAX_VALUE - bytes) {
                throw new TransferException("refused the sizes of a checkpoint's files: they do not add up");
            }
            files.add(entry);
            bytes += entry.content.size();
        }
        refuseCollisions(files);
        return new FileList(TermIndex.valueOf(manifest.getTerm(), manifest.getIndex()), List.copyOf(files), bytes);
    }

    /// What is in the files.
    Set<Content> contents() {
        return files.stream().map(Entry::content).collect(Collectors.toSet());
    }

    private static Entry entry(SnapshotChunk.File file) {
        var name = FileName.parse(file.getName());
        var content = Content.of(file.getSha256(), file.getSize())
                .orElseThrow(() ->
                        new TransferException("refused the size or the sum of the file '" + file.getName() + "'"));
        if (file.getSentFrom() < 0 || file.getSentFrom() > file.getSize()) {
            throw new TransferException("refused to begin the file '" + file.getName() + "' at " + file.getSentFrom());
        }
        return new Entry(name, content, file.getSentFrom());
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
