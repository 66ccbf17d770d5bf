package io.metastore.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/// Which program this is, and what `--version` prints: etcd's four lines. Scripts read the first one.
public final class Version {
    /// The release of etcd whose answers are given.
    static final String ETCD = "3.7.1";

    /// Written by the build, from the version in the pom.
    private static final String RESOURCE = "version.txt";

    /// Architectures by the names that etcd prints.
    private static final Map<String, String> ARCHITECTURES = Map.of("x86_64", "amd64", "aarch64", "arm64");

    private Version() {}

    static String text() {
        var architecture = System.getProperty("os.arch");
        return """
                etcd Version: %s
                Git SHA: Not provided
                Go Version: none, this is MetaStore %s on Java
                Go OS/Arch: %s/%s
                """.formatted(
                        ETCD,
                        metaStore(),
                        System.getProperty("os.name").toLowerCase(Locale.ROOT),
                        ARCHITECTURES.getOrDefault(architecture, architecture));
    }

    /// Of this program, as in `0.1.0`.
    public static String metaStore() {
        try (InputStream resource = Version.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("the build left out " + RESOURCE);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + RESOURCE, e);
        }
    }
}
