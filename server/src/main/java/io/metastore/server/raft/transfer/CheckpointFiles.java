package io.metastore.server.raft.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.apache.ratis.server.protocol.TermIndex;

/// A checkpoint of this member with the sums of its files, from which it can be sent more than once. Nobody may change
/// the files.
///
/// @param at the last entry whose effect it holds
public record CheckpointFiles(TermIndex at, List<Source> files) {
    public CheckpointFiles {
        files = List.copyOf(files);
    }

    record Source(Path path, FileName name, Content content) {}

    /// Reads the checkpoint once, for the sums.
    ///
    /// @param directory files, also in directories below it; directories without a file are not sent
    /// @throws TransferException when a file cannot be read, is none, or has a name no checkpoint has
    public static CheckpointFiles read(Path directory, TermIndex at) {
        var files = new ArrayList<Source>();
        try (var found = Files.walk(directory)) {
            for (var path : (Iterable<Path>) found.sorted()::iterator) {
                if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    files.add(source(directory, path));
                }
            }
        } catch (IOException e) {
            throw new TransferException("cannot read the checkpoint in " + directory, e);
        }
        return new CheckpointFiles(at, files);
    }

    /// Sends what `held` lacks.
    ///
    /// @throws TransferException when a file cannot be read
    public CheckpointSender sender(Holdings held) {
        var parts = new ArrayList<CheckpointSender.Part>();
        var begun = new HashSet<Content>();
        for (var file : files) {
            try {
                long there = held(file, held);
                // Of two files with the same content only one goes on with a beginning.
                boolean whole = there == file.content.size();
                parts.add(new CheckpointSender.Part(file, whole || begun.add(file.content) ? there : 0));
            } catch (IOException e) {
                throw new TransferException("cannot read " + file.path, e);
            }
        }
        return new CheckpointSender(at, parts);
    }

    /// How much of the file the other member has: all or nothing of what it says, since its beginning may be that of
    /// another content.
    private static long held(Source file, Holdings held) throws IOException {
        var beginning = held.beginnings().get(file.content);
        if (beginning == null) {
            return 0;
        }
        var own = beginning.bytes() == file.content.size()
                ? file.content.sha256()
                : Sums.soFar(Sums.begin(file.path, beginning.bytes()));
        return own.equals(beginning.sha256()) ? beginning.bytes() : 0;
    }

    private static Source source(Path directory, Path path) throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new TransferException(path + " is not a file");
        }
        long size = Files.size(path);
        return new Source(path, FileName.of(directory, path), new Content(Sums.soFar(Sums.begin(path, size)), size));
    }
}
