package io.metastore.server.tls;

import io.metastore.server.config.TlsConfig;
import io.metastore.server.config.TransportSecurity.Allowed;
import java.nio.file.Path;
import java.util.List;

/// Both directions of TLS between members, with files in a directory.
public final class PeerCertificates {
    private PeerCertificates() {}

    /// Trusts `trusted`, and of its certificates those that are named `member-1` to `member-3`.
    public static Security.Peers mutual(Path directory, Issued own, TestAuthority trusted) {
        var name = "peer-" + own.uniqueName();
        var security = TestSecurity.mutual(
                own.write(directory, name),
                trusted.write(directory, name + "-authority"),
                "",
                new Allowed(List.of("member-1", "member-2", "member-3"), List.of()));
        return new Security.Peers(
                ServerTls.open(security, TlsConfig.none(), true), ClientTls.open(security, TlsConfig.none(), false));
    }
}
