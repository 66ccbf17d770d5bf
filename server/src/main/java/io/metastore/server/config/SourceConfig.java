package io.metastore.server.config;

import java.nio.file.Path;
import java.util.Optional;

/// A running etcd whose state is to be copied.
///
/// @param endpoint one of its members
/// @param authorities certificates that the server's must come from; the system's when there are none
/// @param identity for servers that ask who their clients are
/// @param login for servers with users
public record SourceConfig(
        Endpoint endpoint, Optional<Path> authorities, Optional<Identity> identity, Optional<Login> login) {
    /// Where clients are served.
    ///
    /// @param address without regard to whether it is encrypted
    public record Endpoint(Url address, boolean isEncrypted) {
        private static final String ENCRYPTED = "https://";

        /// The URL in `text`.
        ///
        /// @throws IllegalArgumentException when it is no `http` or `https` URL
        public static Endpoint parse(String text) {
            return text.startsWith(ENCRYPTED)
                    ? new Endpoint(Url.parse("http://" + text.substring(ENCRYPTED.length())), true)
                    : new Endpoint(Url.parse(text), false);
        }

        @Override
        public String toString() {
            return (isEncrypted ? ENCRYPTED : "http://") + address.authority();
        }
    }

    /// Files in PEM; the key in PKCS #8.
    public record Identity(Path certificate, Path key) {}

    public record Login(String user, String password) {
        /// Never shows the password.
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }
}
