package io.metastore.server.metrics.member;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What Linux tells of this process in its own files.
///
///     status        VmRSS:     1234 kB
///     limits        Max address space         unlimited            unlimited            bytes
///     net/netstat   IpExt: InNoRoutes ... InOctets OutOctets ...
///                   IpExt: 0 ... 123456 654321 ...
final class SystemFiles {
    private static final Path SELF = Path.of("/proc/self");
    private static final long KIBI = 1024;
    /// As Go reads "unlimited".
    private static final double UNLIMITED = 0x1p64;

    private SystemFiles() {}

    static boolean exist() {
        return Files.isReadable(SELF.resolve("status"))
                && Files.isReadable(SELF.resolve("limits"))
                && Files.isReadable(SELF.resolve("net/netstat"));
    }

    static double residentBytes() {
        return kibibytes("VmRSS:");
    }

    static double virtualBytes() {
        return kibibytes("VmSize:");
    }

    static double virtualBytesLimit() {
        var limit = line("limits", "Max address space").split("\\s+", -1)[3];
        return limit.equals("unlimited") ? UNLIMITED : Double.parseDouble(limit);
    }

    static double receivedBytes() {
        return octets("InOctets");
    }

    static double sentBytes() {
        return octets("OutOctets");
    }

    private static double kibibytes(String name) {
        return Long.parseLong(line("status", name).split("\\s+", -1)[1]) * (double) KIBI;
    }

    private static double octets(String name) {
        var rows = lines("net/netstat").stream()
                .filter(line -> line.startsWith("IpExt:"))
                .map(line -> List.of(line.split(" ", -1)))
                .toList();
        return Double.parseDouble(rows.getLast().get(rows.getFirst().indexOf(name)));
    }

    private static String line(String file, String begin) {
        return lines(file).stream()
                .filter(line -> line.startsWith(begin))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(begin + " is missing in " + file));
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(SELF.resolve(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + " of this process", e);
        }
    }
}
