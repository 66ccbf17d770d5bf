package io.metastore.server.config;

import java.time.Duration;
import java.util.Optional;

/// The MySQL listener.
///
/// @param address host and port; none for no listener
/// @param user who may log in while no users are known
/// @param password of that user; never in a log
/// @param idle after how long without a command a connection ends
/// @param requiresTls whether nobody may log in without TLS
public record MysqlConfig(
        Optional<Address> address,
        String user,
        String password,
        int maxConnections,
        int maxPacketBytes,
        Duration idle,
        boolean requiresTls) {
    private static final int MOST_PACKET_BYTES = 1 << 30;
    private static final int LEAST_PACKET_BYTES = 1024;

    /// Where to listen; no host means every one.
    public record Address(String host, int port) {
        private static final int MOST_PORTS = 65_535;

        /// `host:port`, `[::1]:port` or `:port`.
        public static Address parse(String text) {
            int colon = text.lastIndexOf(':');
            var port = text.substring(colon + 1);
            if (colon < 0 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > MOST_PORTS) {
                throw ConfigException.notAllowed("mysql-listen-address", text, "of the form host:port or :port");
            }
            var host = text.substring(0, colon);
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            return new Address(bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
        }
    }

    public MysqlConfig {
        if (user.isEmpty()) {
            throw ConfigException.notAllowed("mysql-username", "", "a name");
        }
        if (maxConnections < 1) {
            throw ConfigException.notAllowed("mysql-max-connections", maxConnections, "a number of at least 1");
        }
        if (maxPacketBytes < LEAST_PACKET_BYTES || maxPacketBytes > MOST_PACKET_BYTES) {
            throw ConfigException.notAllowed(
                    "mysql-max-allowed-packet",
                    maxPacketBytes,
                    "a number from " + LEAST_PACKET_BYTES + " to " + MOST_PACKET_BYTES);
        }
        if (idle.toSeconds() < 1) {
            throw ConfigException.notAllowed("mysql-wait-timeout", idle, "at least 1s");
        }
    }

    /// No listener; were there one, as MySQL has it.
    public static MysqlConfig defaults() {
        return new MysqlConfig(Optional.empty(), "root", "", 1000, 64 << 20, Duration.ofHours(8), false);
    }

    /// Without the password.
    @Override
    public String toString() {
        return "MysqlConfig[" + address + ", " + user + "]";
    }
}
