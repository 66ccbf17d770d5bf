package io.metastore.server.log;

import io.metastore.server.config.LogRotation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The earlier files of a log. Each has in its name when it was renamed:
///
///     server.log  →  server-2026-11-23T08-41-09.120.log, compressed server-2026-11-23T08-41-09.120.log.gz
final class Backups {
    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSS");
    private static final String COMPRESSED = ".gz";

    private final Path directory;
    private final String prefix;
    private final String extension;
    private final LogRotation rotation;
    private final InstantSource clock;
    private final ZoneId zone;

    private record Backup(Path path, Instant time) {
        boolean isCompressed() {
            return path.toString().endsWith(COMPRESSED);
        }

        Path compressed() {
            return path.resolveSibling(path.getFileName() + COMPRESSED);
        }
    }

    /// @param log the file that is written
    Backups(Path log, LogRotation rotation, InstantSource clock) {
        var name = String.valueOf(log.getFileName());
        int dot = name.lastIndexOf('.');
        this.directory = log.resolveSibling("");
        this.prefix = (dot < 0 ? name : name.substring(0, dot)) + "-";
        this.extension = dot < 0 ? "" : name.substring(dot);
        this.rotation = rotation;
        this.clock = clock;
        this.zone = rotation.localTime() ? ZoneId.systemDefault() : ZoneOffset.UTC;
    }

    /// What the file is called that is renamed now.
    Path name(Instant now) {
        return directory.resolve(prefix + TIME.format(now.atZone(zone)) + extension);
    }

    /// Removes what is too old or too much, and compresses the rest if that is wanted. A failure is told, and all is
    /// tried again the next time.
    synchronized void tidy() {
        try {
            var backups = all();
            // The plain one of a file that is just being compressed comes first, so that both count as one.
            var times = backups.stream().map(Backup::time).distinct().toList();
            long most = rotation.maxBackups() > 0 ? rotation.maxBackups() : times.size();
            var oldest = rotation.maxAgeDays() > 0
                    ? clock.instant().minus(Duration.ofDays(rotation.maxAgeDays()))
                    : Instant.MIN;
            for (var backup : backups) {
                if (times.indexOf(backup.time()) >= most || backup.time().isBefore(oldest)) {
                    Files.delete(backup.path());
                } else if (rotation.compress() && !backup.isCompressed()) {
                    compress(backup);
                }
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("cause", e.toString()).log("old log files cannot be tidied up");
        }
    }

    /// The newest first.
    private List<Backup> all() throws IOException {
        var found = new ArrayList<Backup>();
        try (var files = Files.newDirectoryStream(directory)) {
            for (var file : files) {
                time(String.valueOf(file.getFileName())).ifPresent(time -> found.add(new Backup(file, time)));
            }
        }
        found.sort(Comparator.comparing(Backup::time).reversed().thenComparing(Backup::isCompressed));
        return found;
    }

    /// When the file was renamed; nothing when it is no backup of this log.
    private Optional<Instant> time(String name) {
        var plain = name.endsWith(COMPRESSED) ? name.substring(0, name.length() - COMPRESSED.length()) : name;
        if (!plain.startsWith(prefix)
                || !plain.endsWith(extension)
                || plain.length() < prefix.length() + extension.length()) {
            return Optional.empty();
        }
        try {
            var time = plain.substring(prefix.length(), plain.length() - extension.length());
            return Optional.of(LocalDateTime.parse(time, TIME).atZone(zone).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static void compress(Backup backup) throws IOException {
        var target = backup.compressed();
        Files.deleteIfExists(target);
        var permissions = Files.getPosixFilePermissions(backup.path());
        Files.createFile(target, PosixFilePermissions.asFileAttribute(permissions));
        try (var out = new GZIPOutputStream(Files.newOutputStream(target))) {
            Files.copy(backup.path(), out);
        }
        Files.delete(backup.path());
    }
}
