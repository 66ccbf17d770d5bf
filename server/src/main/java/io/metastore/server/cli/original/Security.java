package io.metastore.server.cli.original;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How clients prove who they are.
final class Security {
    private static final String TOKENS = "auth.token_ttl";
    private static final String AUTHORITIES = "tls.ca_file";
    private static final String DEMANDED = "tls.require_client_cert";

    private Security() {}

    /// @throws RuntimeException when a time or the settings of certificates cannot be
    static List<Assignment> assignments(Values values) {
        var assignments = new ArrayList<Assignment>();
        assignments.add(tokens(values));
        var authorities = values.text(AUTHORITIES);
        if (values.isOn(DEMANDED)) {
            if (authorities.isEmpty()) {
                throw values.entry(DEMANDED).refused(AUTHORITIES + " is required with " + DEMANDED);
            }
            assignments.add(values.assign("trusted-ca-file", authorities, AUTHORITIES));
            assignments.add(values.assign("client-cert-auth", "true", DEMANDED));
        } else if (!authorities.isEmpty()) {
            // To demand certificates would lock out clients that have none, to ignore the file would let in all.
            throw values.entry(AUTHORITIES)
                    .refused("certificates of clients are demanded or not looked at, none are checked only when given:"
                            + " set " + DEMANDED + " to true, or leave " + AUTHORITIES + " out");
        }
        return assignments;
    }

    /// Etcd's flag counts seconds.
    private static Assignment tokens(Values values) {
        var time = values.duration(TOKENS);
        long seconds = time.toSeconds();
        if (!time.equals(Duration.ofSeconds(seconds)) || seconds < 1 || seconds > Integer.MAX_VALUE) {
            throw values.entry(TOKENS).refused(TOKENS + " must be whole seconds, at least 1s");
        }
        return values.assign("auth-token-ttl", String.valueOf(seconds), TOKENS);
    }
}
