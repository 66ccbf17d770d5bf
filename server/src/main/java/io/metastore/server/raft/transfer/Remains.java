package io.metastore.server.raft.transfer;

import io.metastore.server.raft.transfer.Holdings.Beginning;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Contents of files that came from other members, whole or their beginnings, in a directory of their own:
///
///     incoming/sender               who sent last, so that it is asked first again
///     incoming/parts/<sum>-<size>   what was received of that content
///     incoming/checkpoint/…         put together, and not taken over: it is taken apart again
///
/// Nothing that lies there is believed: at `open` everything is read, and what is not what its name says is removed.
/// Whether a beginning is that of its content only its sender can tell, so its sum is told to the sender.
final class Remains {
    private static final String SENDER = "sender";

    private final Path incoming;
    private final Path parts;
    private final Map<Content, Part> found = new HashMap<>();

    /// @param digest has taken the bytes
    private record Part(long bytes, MessageDigest digest) {}

    private Remains(Path incoming) {
        this.incoming = incoming;
        this.parts = incoming.resolve("parts");
    }

    /// Reads all that is left, which takes as long as it does.
    static Remains open(Path incoming) throws IOException {
        var remains = new Remains(incoming);
        Files.createDirectories(remains.parts);
        remains.takeApart();
        for (var file : filesIn(remains.parts, 1)) {
            remains.examine(file);
        }
        Files.createDirectories(remains.checkpoint());
        return remains;
    }

    /// Who sent what is left here, if anything is.
    static Optional<String> sender(Path incoming) {
        try {
            return Optional.of(Files.readString(incoming.resolve(SENDER), StandardCharsets.UTF_8));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    static void remove(Path incoming) throws IOException {
        if (!Files.isDirectory(incoming, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var all = Files.walk(incoming)) {
            for (var path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }

    Holdings held() {
        return new Holdings(found.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        each -> new Beginning(each.getValue().bytes, Sums.soFar(each.getValue().digest)))));
    }

    /// Keeps what `sender` goes on with and removes all else.
    void keep(Set<Content> contents, String sender) throws IOException {
        for (var content : List.copyOf(found.keySet())) {
            if (!contents.contains(content)) {
                drop(content);
            }
        }
        Files.writeString(incoming.resolve(SENDER), sender);
    }

    void drop(Content content) throws IOException {
        found.remove(content);
        Files.deleteIfExists(file(content));
    }

    /// How much of it is here, from its beginning.
    long bytes(Content content) {
        var part = found.get(content);
        return part == null ? 0 : part.bytes;
    }

    /// Goes on with a content, or begins it.
    IncomingFile receive(FileList.Entry entry) throws IOException {
        var part = found.remove(entry.content());
        return part == null || entry.sentFrom() == 0
                ? IncomingFile.anew(file(entry.content()), entry)
                : IncomingFile.behind(file(entry.content()), entry, part.digest);
    }

    /// Puts the contents, all of which are whole, together to a checkpoint.
    void assemble(List<FileList.Entry> files) throws IOException {
        var uses = files.stream().collect(Collectors.groupingBy(FileList.Entry::content, Collectors.counting()));
        for (var file : files) {
            var target = file.name().in(checkpoint());
            Files.createDirectories(file.name().parentIn(checkpoint()));
            if (uses.merge(file.content(), -1L, Long::sum) == 0) {
                Files.move(file(file.content()), target);
            } else {
                Files.copy(file(file.content()), target);
                force(target);
            }
        }
    }

    Path checkpoint() {
        return incoming.resolve("checkpoint");
    }

    /// An install that was cut short has left files under the names of a checkpoint.
    private void takeApart() throws IOException {
        if (Files.isDirectory(checkpoint(), LinkOption.NOFOLLOW_LINKS)) {
            for (var file : filesIn(checkpoint(), Integer.MAX_VALUE)) {
                long size = Files.size(file);
                var content = new Content(Sums.soFar(Sums.begin(file, size)), size);
                if (!Files.exists(file(content), LinkOption.NOFOLLOW_LINKS)) {
                    Files.move(file, file(content));
                }
            }
            remove(checkpoint());
        }
    }

    private void examine(Path file) throws IOException {
        var content = Content.named(String.valueOf(file.getFileName()));
        long bytes = Files.size(file);
        if (content.isEmpty() || bytes > content.get().size() || bytes == 0) {
            Files.delete(file);
            return;
        }
        var digest = Sums.begin(file, bytes);
        if (bytes == content.get().size()) {
            if (!Sums.soFar(digest).equals(content.get().sha256())) {
                Files.delete(file);
                return;
            }
            force(file);
        }
        found.put(content.get(), new Part(bytes, digest));
    }

    private static List<Path> filesIn(Path directory, int depth) throws IOException {
        try (var all = Files.walk(directory, depth)) {
            return all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    private static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private Path file(Content content) {
        return parts.resolve(content.name());
    }
}
