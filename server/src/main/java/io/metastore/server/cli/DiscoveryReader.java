package io.metastore.server.cli;

import io.metastore.server.config.CertificateFiles;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.DiscoveryConfig;
import io.metastore.server.config.DnsDiscovery;
import io.metastore.server.config.Search;
import io.metastore.server.config.SourceConfig;
import io.metastore.server.config.Url;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads the flags about how founders are found, by a discovery service or by DNS, with etcd's refusals.
final class DiscoveryReader {
    private final Settings settings;

    DiscoveryReader(Settings settings) {
        this.settings = settings;
    }

    /// Nothing when the founders are not searched for.
    Optional<Search> read() {
        checkFallback();
        var domain = settings.text("discovery-srv");
        long ways = Stream.of(
                        settings.isGiven("initial-cluster"), settings.isGiven("discovery-endpoints"), !domain.isEmpty())
                .filter(given -> given)
                .count();
        if (ways > 1) {
            throw new ConfigException("multiple discovery or bootstrap flags are set. Choose one of"
                    + " \"initial-cluster\", \"discovery-endpoints\" or \"discovery-srv\"");
        }
        return domain.isEmpty()
                ? service().map(found -> found)
                : Optional.of(new DnsDiscovery(domain, settings.text("discovery-srv-name")));
    }

    private Optional<DiscoveryConfig> service() {
        var token = settings.text("discovery-token");
        if (!settings.isGiven("discovery-endpoints")) {
            if (token.isEmpty()) {
                return Optional.empty();
            }
            throw new ConfigException("both --discovery-token and --discovery-endpoints must be set");
        }
        return Optional.of(new DiscoveryConfig(token, endpoints(), timing(), security(), login()));
    }

    private void checkFallback() {
        var fallback = settings.read("discovery-fallback", text -> {
            if (!List.of("exit", "proxy").contains(text)) {
                throw new IllegalArgumentException("invalid value");
            }
            return text;
        });
        if (fallback.equals("proxy")) {
            throw new ConfigException(
                    "v2 proxy is deprecated, and --discovery-fallback can't be configured as \"proxy\"");
        }
    }

    private List<Url> endpoints() {
        return settings.read(
                "discovery-endpoints",
                text -> Stream.of(text.split(",", -1)).map(this::endpoint).toList());
    }

    /// Without a scheme it is TLS where there is anything to be said about TLS, as in etcd's client.
    private Url endpoint(String text) {
        if (text.isBlank()) {
            throw new ConfigException("--discovery-endpoints must not contain empty endpoints");
        }
        boolean secure =
                !settings.isOn("discovery-insecure-transport") || !identity().isNone() || hasAuthorities();
        return Url.parse(text.contains("://") ? text : (secure ? "https://" : "http://") + text);
    }

    private DiscoveryConfig.Timing timing() {
        return new DiscoveryConfig.Timing(
                settings.duration("discovery-dial-timeout"),
                settings.duration("discovery-request-timeout"),
                settings.duration("discovery-keepalive-time"),
                settings.duration("discovery-keepalive-timeout"));
    }

    private DiscoveryConfig.Security security() {
        return new DiscoveryConfig.Security(
                settings.isOn("discovery-insecure-skip-tls-verify"), identity(), settings.text("discovery-cacert"));
    }

    private CertificateFiles identity() {
        return new CertificateFiles(settings.text("discovery-cert"), settings.text("discovery-key"));
    }

    private boolean hasAuthorities() {
        return !settings.text("discovery-cacert").isEmpty();
    }

    /// `user:password`, or the two apart; without a password nobody logs in, as in etcd.
    private Optional<SourceConfig.Login> login() {
        var user = settings.text("discovery-user");
        var password = settings.text("discovery-password");
        int colon = password.isEmpty() ? user.indexOf(':') : -1;
        if (colon >= 0) {
            return Optional.of(new SourceConfig.Login(user.substring(0, colon), user.substring(colon + 1)));
        }
        return user.isEmpty() || password.isEmpty()
                ? Optional.empty()
                : Optional.of(new SourceConfig.Login(user, password));
    }
}
