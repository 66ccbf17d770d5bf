package io.metastore.server.mysql.sql;

import io.metastore.server.node.Node;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What all sessions share.
///
/// @param initial system variables whose values are this server's own
public record Surroundings(Node node, Clock clock, Map<String, String> initial, Connections connections) {
    /// The connections that there are.
    public interface Connections {
        List<Connected> all();

        /// Ends the statement, or all, of another connection.
        ///
        /// @return whether there is one with this number
        boolean kill(int id, boolean statementOnly);

        /// A client asked for a statement to be carried out.
        void asked();

        Figures figures();
    }

    /// What was done since the start.
    ///
    /// @param questions statements that clients asked for, on all connections
    public record Figures(Duration uptime, int connections, long questions) {}

    /// One of them.
    public record Connected(int id, String user, String host) {}
}
