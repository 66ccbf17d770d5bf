package io.metastore.server.tls;

import io.metastore.server.config.ServerConfig;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/// The TLS of one member, as far as its URLs ask for it.
public record Security(Optional<ServerTls> clients, Optional<Peers> peers) {
    /// No TLS at all.
    public static final Security NONE = new Security(Optional.empty(), Optional.empty());

    /// Between members: both directions.
    public record Peers(ServerTls incoming, ClientTls outgoing) {}

    /// Reads the files, or makes them.
    ///
    /// @param clock says from when on a certificate is valid that is made now
    /// @throws io.metastore.server.config.ConfigException when a file cannot be used
    /// @throws IOException when one cannot be written
    public static Security open(ServerConfig config, Clock clock) throws IOException {
        var selfMade = new SelfMade(clock);
        return new Security(clients(config, selfMade), peers(config, selfMade));
    }

    private static Optional<ServerTls> clients(ServerConfig config, SelfMade selfMade) throws IOException {
        var tls = config.tls();
        var endpoint = new Endpoint(
                Endpoint.Kind.CLIENT,
                tls.clients(),
                config.listeners().clientUrls(),
                config.member().dataDir().resolve("fixtures", "client"));
        endpoint.warn();
        if (!endpoint.isSecure()) {
            return Optional.empty();
        }
        var security = endpoint.complete(selfMade, tls.selfMadeYears());
        endpoint.tell(security, tls.suites().names());
        if (!security.outgoing().isNone()) {
            // Nobody connects with it, but what cannot be used is found at the start, as in etcd.
            KeyMaterial.read(security.outgoing());
        }
        return Optional.of(ServerTls.open(security, tls, false));
    }

    private static Optional<Peers> peers(ServerConfig config, SelfMade selfMade) throws IOException {
        var tls = config.tls();
        var endpoint = new Endpoint(
                Endpoint.Kind.PEER,
                tls.peers(),
                config.listeners().peerUrls(),
                config.member().dataDir().resolve("fixtures", "peer"));
        endpoint.warn();
        if (!endpoint.isSecure()) {
            return Optional.empty();
        }
        var security = endpoint.complete(selfMade, tls.selfMadeYears());
        endpoint.tell(security, tls.suites().names());
        return Optional.of(new Peers(
                ServerTls.open(security, tls, !tls.skipPeerAddressCheck()),
                ClientTls.open(security, tls, tls.peers().isSelfMade())));
    }
}
