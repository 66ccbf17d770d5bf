package io.metastore.server.tls;

import io.metastore.server.config.ServerConfig;
import io.metastore.server.config.TransportSecurity;
import io.metastore.server.config.Url;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The TLS of one member, as far as its URLs ask for it.
///
/// @param mysql with the clients' certificate if there is one, else with one of its own making
public record Security(Optional<ServerTls> clients, Optional<Peers> peers, Optional<ServerTls> mysql) {
    /// No TLS at all.
    public static final Security NONE = new Security(Optional.empty(), Optional.empty(), Optional.empty());

    /// Between members: both directions.
    public record Peers(ServerTls incoming, ClientTls outgoing) {}

    /// Reads the files, or makes them.
    ///
    /// @param clock says from when on a certificate is valid that is made now
    /// @throws io.metastore.server.config.ConfigException when a file cannot be used
    /// @throws IOException when one cannot be written
    public static Security open(ServerConfig config, Clock clock) throws IOException {
        var selfMade = new SelfMade(clock);
        return new Security(clients(config, selfMade), peers(config, selfMade), mysql(config, selfMade));
    }

    /// Every listener for clients shows the same certificate.
    private static Optional<ServerTls> clients(ServerConfig config, SelfMade selfMade) throws IOException {
        var http = config.http();
        client(config, config.listeners().clientUrls()).warn();
        var endpoint = client(
                config,
                Stream.of(config.listeners().clientUrls(), http.urls(), http.restUrls(), http.metricsUrls())
                        .flatMap(List::stream)
                        .toList());
        if (!endpoint.isSecure()) {
            return Optional.empty();
        }
        var tls = config.tls();
        var security = endpoint.complete(selfMade, tls.selfMadeYears());
        endpoint.tell(security, tls.suites().names());
        if (!security.outgoing().isNone()) {
            // Nobody connects with it, but what cannot be used is found at the start, as in etcd.
            KeyMaterial.read(security.outgoing());
        }
        return Optional.of(ServerTls.open(security, tls, false));
    }

    private static Endpoint client(ServerConfig config, List<Url> urls) {
        return new Endpoint(
                Endpoint.Kind.CLIENT,
                config.tls().clients(),
                urls,
                config.member().dataDir().resolve("fixtures", "client"));
    }

    /// Clients of MySQL show no certificate: they log in with a password.
    private static Optional<ServerTls> mysql(ServerConfig config, SelfMade selfMade) throws IOException {
        if (config.mysql().address().isEmpty()) {
            return Optional.empty();
        }
        var given = config.tls().clients().own();
        var directory = config.member().dataDir().resolve("fixtures", "mysql");
        var files = given.isNone()
                ? selfMade.in(directory, List.of("localhost"), config.tls().selfMadeYears())
                : given;
        var security = new TransportSecurity(files, files, "", false, "", TransportSecurity.Allowed.everybody(), true);
        return Optional.of(ServerTls.open(security, config.tls(), false));
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
