package io.metastore.server.datadir;

import io.metastore.server.config.StorageEngine;
import io.metastore.server.model.MemberId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/// Whose directory it is. Kept twice, with the data and with the Raft log, so that the loss of one is seen.
///
///     format=1
///     engine=rocksdb
///     cluster=cdf818194e3a8c32
///     member=8e9e05c52164694d
///     name=default
///     beginning=founder
///     bootstrapped=true
///     checksum=1f2e3d4c              CRC-32C of the lines above, so that damage is not taken for another
/// identity
///
/// @param format of the directory, rows and log; a release refuses those that are not its own. 3: the
///     table of members says who belongs to the cluster
/// @param bootstrapped the Raft log was started once: from then on it may hold votes and must never be
///     made anew
record Identity(
        int format,
        StorageEngine engine,
        long clusterId,
        MemberId memberId,
        String name,
        Beginning beginning,
        boolean bootstrapped) {
    static final int FORMAT = 3;

    Identity bootstrappedNow() {
        return new Identity(format, engine, clusterId, memberId, name, beginning, true);
    }

    /// Whether both tell of the same member of the same cluster, kept in the same way.
    boolean isSame(Identity other) {
        return bootstrappedNow().equals(other.bootstrappedNow());
    }

    byte[] encoded() {
        var lines = """
                format=%d
                engine=%s
                cluster=%s
                member=%s
                name=%s
                beginning=%s
                bootstrapped=%s
                """.formatted(
                format, engine.text(), Long.toHexString(clusterId), memberId, name, beginning.text(), bootstrapped);
        return (lines + "checksum=" + checksum(lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// Reads what `encoded` wrote.
    ///
    /// @throws IllegalArgumentException when it is damaged or of another format; what the message says is said of
    ///     "the file"
    static Identity decoded(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        var fields = fields(text);
        int format = Integer.parseInt(field(fields, "format"));
        if (format > FORMAT) {
            throw new IllegalArgumentException("was written by a newer release (format " + format + ", this one reads "
                    + FORMAT + "): start that release or a later one");
        }
        int end = text.indexOf("checksum=");
        if (end < 0 || !checksum(text.substring(0, end)).equals(field(fields, "checksum"))) {
            throw new IllegalArgumentException("is damaged: its checksum does not match");
        }
        if (format < FORMAT) {
            throw new IllegalArgumentException("was written by an older release (format " + format + ", this one reads "
                    + FORMAT + "): start that release");
        }
        return new Identity(
                format,
                engine(field(fields, "engine")),
                Long.parseUnsignedLong(field(fields, "cluster"), 16),
                MemberId.parse(field(fields, "member")),
                field(fields, "name"),
                Beginning.of(field(fields, "beginning")),
                Boolean.parseBoolean(field(fields, "bootstrapped")));
    }

    private static Map<String, String> fields(String text) {
        var fields = new LinkedHashMap<String, String>();
        for (var line : text.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return fields;
    }

    private static String field(Map<String, String> fields, String key) {
        var value = fields.get(key);
        if (value == null) {
            throw new IllegalArgumentException("is damaged: it has no " + key);
        }
        return value;
    }

    private static StorageEngine engine(String text) {
        for (var engine : StorageEngine.values()) {
            if (engine.text().equals(text)) {
                return engine;
            }
        }
        throw new IllegalArgumentException("names the engine " + text + ", which this release does not have");
    }

    private static String checksum(String lines) {
        var crc = new CRC32C();
        crc.update(lines.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
