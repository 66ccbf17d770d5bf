package io.metastore.server.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A program that takes etcd's flags: ours or the real etcd.
///
/// @param command the program and what must stand before the flags, not empty
public record ServerProgram(List<String> command) {
    public ServerProgram {
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a program needs a name");
        }
    }

    /// The server that the build tests: `-Dmetastore.program=/path`, or else `bin/metastore` of this repository.
    ///
    /// @throws IllegalStateException when there is none, so that a missing build never passes for a green test
    public static ServerProgram underTest() {
        return named("metastore.program")
                .or(ServerProgram::launcher)
                .orElseThrow(() -> new IllegalStateException(
                        "no server to test: build bin/metastore, or name a program with -Dmetastore.program=/path"));
    }

    /// Whether `-Dmetastore.program` names the server that the build tests.
    public static boolean isChosen() {
        return named("metastore.program").isPresent();
    }

    /// The real etcd, when `-Detcd.program=/path` names it.
    public static Optional<ServerProgram> etcd() {
        return named("etcd.program");
    }

    /// The command line with these flags.
    public List<String> with(List<String> flags) {
        return Stream.concat(command.stream(), flags.stream()).toList();
    }

    private static Optional<ServerProgram> named(String property) {
        var path = System.getProperty(property, "");
        if (path.isEmpty()) {
            return Optional.empty();
        }
        if (!Files.isExecutable(Path.of(path))) {
            throw new IllegalStateException("-D" + property + " is not an executable file: " + path);
        }
        return Optional.of(new ServerProgram(List.of(path)));
    }

    /// Tests run in the folder of their module; the launcher lies in the folder above it.
    private static Optional<ServerProgram> launcher() {
        var folders = new ArrayList<Path>();
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            folders.add(folder);
        }
        return folders.stream()
                .map(folder -> folder.resolve("bin/metastore"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(path -> new ServerProgram(List.of(path.toString())));
    }
}
