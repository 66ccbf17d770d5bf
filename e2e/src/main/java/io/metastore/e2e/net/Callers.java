package io.metastore.e2e.net;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Which member opened a connection: Linux's table of sockets tells the socket's number, and the process
/// that has it open is the member.
///
///     /proc/net/tcp    0: 0100007F:A1B2 0100007F:1F90 01 … 123456      /proc/77/fd/42 → socket:[123456]
final class Callers {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp6"), Path.of("/proc/net/tcp"));
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int NUMBER = 9;
    private static final int HEX = 16;

    private final Supplier<Map<Long, String>> members;

    Callers(Supplier<Map<Long, String>> members) {
        this.members = members;
    }

    /// The member at the other end of an accepted connection; nothing when it is none, or has closed it
    /// already.
    Optional<String> of(Socket accepted) {
        return number(accepted.getPort(), accepted.getLocalPort()).flatMap(this::owner);
    }

    private static Optional<String> number(int local, int remote) {
        for (var table : TABLES) {
            try (var lines = Files.lines(table)) {
                var found = lines.skip(1)
                        .map(line -> line.trim().split("\\s+"))
                        .filter(columns -> port(columns[LOCAL]) == local && port(columns[REMOTE]) == remote)
                        .map(columns -> columns[NUMBER])
                        .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            } catch (IOException _) {
                // Not this one: a machine may have one table only.
            }
        }
        return Optional.empty();
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), HEX);
    }

    private Optional<String> owner(String number) {
        var link = "socket:[" + number + "]";
        return members.get().entrySet().stream()
                .filter(member -> hasOpen(member.getKey(), link))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean hasOpen(long process, String link) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/" + process + "/fd"))) {
            for (var file : files) {
                if (isLink(file, link)) {
                    return true;
                }
            }
        } catch (IOException _) {
            // It has ended.
        }
        return false;
    }

    private static boolean isLink(Path file, String target) {
        try {
            return Files.readSymbolicLink(file).toString().equals(target);
        } catch (IOException _) {
            return false; // Closed meanwhile.
        }
    }
}
