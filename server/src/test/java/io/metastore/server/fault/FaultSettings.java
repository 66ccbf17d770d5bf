package io.metastore.server.fault;

import java.util.List;
import java.util.stream.Stream;

/// What the command line says about the fault tests.
final class FaultSettings {
    private FaultSettings() {}

    /// Flags for every member, of `-Dfault.flags='--a=1 --b=2'`; for the real etcd, for example, a shorter election
    /// timeout.
    static List<String> flags() {
        return words(System.getProperty("fault.flags", ""));
    }

    /// The flags of each storage engine, of which every one is tested; `-Dfault.engines=` tests the program as it is.
    static Stream<List<String>> engines() {
        var engines = words(System.getProperty("fault.engines", "memory rocksdb"));
        return engines.isEmpty()
                ? Stream.of(List.of())
                : engines.stream().map(engine -> List.of("--storage=" + engine));
    }

    private static List<String> words(String text) {
        return Stream.of(text.split("[ ,]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
