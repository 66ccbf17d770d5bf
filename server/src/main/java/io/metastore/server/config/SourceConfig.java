package io.metastore.server.config;

import java.nio.file.Path;
import java.util.Optional;

/// A running etcd whose state is to be copied.
///
/// @param endpoint where one of its members serves clients
/// @param authorities certificates that the server's must come from; the system's when there are none
/// @param identity for servers that ask who their clients are; none otherwise
/// @param login for servers with users
public record SourceConfig(Url endpoint, Optional<Path> authorities, CertificateFiles identity, Optional<Login> login) {
    public record Login(String user, String password) {
        /// Never shows the password.
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }
}
