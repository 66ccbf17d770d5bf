package io.metastore.server.tls;

import io.metastore.server.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What some files say. Whoever asks gets what they say now: they are looked at each time, and read again when one is
/// another file, or has another size or time. When they cannot be used, what they said before stays in use, and one
/// line of the log says so.
final class Reloaded<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Reloaded.class);

    private final List<Path> files;
    private final Supplier<T> reader;
    private volatile Content<T> content;

    private record Stamp(
            Instant changed, long size, @Nullable Object file) {
        static final Stamp GONE = new Stamp(Instant.MIN, -1, null);
    }

    private record Content<T>(T value, List<Stamp> stamps) {}

    private Reloaded(List<Path> files, Supplier<T> reader) {
        this.files = files;
        this.reader = reader;
        // Before the content: a change in between is seen at the next look.
        var stamps = stamps();
        this.content = new Content<>(reader.get(), stamps);
    }

    /// @param reader reads the files; throws a ConfigException when they cannot be used, here the first time
    static <T> Reloaded<T> of(List<String> files, Supplier<T> reader) {
        return new Reloaded<>(files.stream().map(Path::of).toList(), reader);
    }

    T current() {
        var known = content;
        var now = stamps();
        return now.equals(known.stamps()) ? known.value() : reread(now);
    }

    private synchronized T reread(List<Stamp> now) {
        if (!now.equals(content.stamps())) {
            content = new Content<>(read(), now);
        }
        return content.value();
    }

    private T read() {
        try {
            var value = reader.get();
            LOG.atInfo().addKeyValue("files", files).log("files for TLS have changed and were read again");
            return value;
        } catch (ConfigException e) {
            LOG.atWarn()
                    .addKeyValue("files", files)
                    .addKeyValue("error", e.getMessage())
                    .log("files for TLS have changed and cannot be used; what they said before stays in use");
            return content.value();
        }
    }

    private List<Stamp> stamps() {
        return files.stream().map(Reloaded::stamp).toList();
    }

    private static Stamp stamp(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime().toInstant(), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            return Stamp.GONE;
        }
    }
}
