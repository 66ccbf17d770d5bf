package io.metastore.server.dns;

import io.metastore.server.config.Bootstrap;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.DnsDiscovery;
import io.metastore.server.config.HostLookup;
import io.metastore.server.config.Url;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The founders of a cluster as DNS names them, those with TLS and those without. The one at an address under which
/// this member is known to others is this member; the others have numbers for names, until they tell theirs.
///
///     _etcd-server._tcp.example.com   SRV   0 0 2380 a.example.com.   0 0 2380 b.example.com.
///     →   m1=http://a.example.com:2380,0=http://b.example.com:2380    for m1, which advertises http://10.0.0.1:2380
///
/// Source: `GetCluster` of etcd's package srv, whose words the refusals have.
public final class DnsFounders {
    private static final Logger LOG = LoggerFactory.getLogger(DnsFounders.class);

    private final DnsDiscovery where;
    private final String self;
    private final List<Url> advertised;
    private final ServiceLookup services;
    private final HostLookup hosts;

    /// What was found so far, as `name=url`, and what went wrong.
    private final List<String> found = new ArrayList<>();

    private final List<String> errors = new ArrayList<>();

    DnsFounders(DnsDiscovery where, String self, List<Url> advertised, ServiceLookup services, HostLookup hosts) {
        this.where = where;
        this.self = self;
        this.advertised = advertised;
        this.services = services;
        this.hosts = hosts;
    }

    /// Asks the system's name servers, once; blocks for some seconds at most.
    ///
    /// @param self this member's name
    /// @param advertised its peer URLs
    /// @return all founders with their peer URLs
    /// @throws ConfigException in etcd's words, when there are none, or this member is not among them
    public static SequencedMap<String, List<Url>> find(DnsDiscovery where, String self, List<Url> advertised) {
        return new DnsFounders(where, self, advertised, ServiceLookup::atSystem, InetAddress::getByName).find();
    }

    SequencedMap<String, List<Url>> find() {
        look(true);
        look(false);
        if (!errors.isEmpty()) {
            LOG.atWarn().addKeyValue("error", String.join("; ", errors)).log("failed to resolve during SRV discovery");
        }
        if (found.isEmpty()) {
            throw failed(String.join("; ", errors));
        }
        found.forEach(node -> LOG.atInfo().addKeyValue("node", node).log("got bootstrap from DNS for etcd-server"));
        var members = Bootstrap.parseMembers(String.join(",", found));
        if (!members.containsKey(self)) {
            throw failed("cannot find local etcd member \"" + self + "\" in SRV records");
        }
        return members;
    }

    private void look(boolean isSecure) {
        var service = where.service(isSecure);
        var nodes = new ArrayList<String>();
        var log = LOG.atInfo()
                .addKeyValue("service-scheme", isSecure ? "https" : "http")
                .addKeyValue("service-name", service)
                .addKeyValue("server-name", self)
                .addKeyValue("discovery-srv", where.domain());
        try {
            add(isSecure, service, own(), nodes);
        } catch (DnsException e) {
            errors.add(String.valueOf(e.getMessage()));
            log = log.addKeyValue("error", e.getMessage());
        }
        found.addAll(nodes);
        log.addKeyValue("found-cluster", nodes).log("get cluster for " + service + " SRV");
    }

    /// Where this member is, with how it says so.
    private Map<InetSocketAddress, Url> own() throws DnsException {
        var own = new HashMap<InetSocketAddress, Url>();
        for (var url : advertised) {
            own.put(resolved(url), url);
        }
        return own;
    }

    /// A record that cannot be used is left out, as in etcd: it counts only if there is no other.
    private void add(boolean isSecure, String service, Map<InetSocketAddress, Url> own, List<String> nodes)
            throws DnsException {
        var about = "error querying DNS SRV records for _" + service + " ";
        var unusable = new ArrayList<DnsException>();
        int others = 0;
        for (var record : records(about, service)) {
            var url = new Url(isSecure, record.target(), record.port());
            try {
                var self = own.get(resolved(url));
                if (self == null) {
                    nodes.add(others++ + "=" + url);
                } else {
                    checkScheme(service, self, url);
                    nodes.add(this.self + "=" + url);
                }
            } catch (DnsException e) {
                unusable.add(new DnsException(about + e.getMessage(), e));
            }
        }
        if (nodes.isEmpty() && !unusable.isEmpty()) {
            throw unusable.getLast();
        }
    }

    private List<ServiceRecord> records(String about, String service) throws DnsException {
        try {
            return services.find("_" + service + "._tcp." + where.domain());
        } catch (DnsException e) {
            throw new DnsException(about + e.getMessage(), e);
        }
    }

    private static void checkScheme(String service, Url self, Url url) throws DnsException {
        if (self.isSecure() != url.isSecure()) {
            throw new DnsException("bootstrap at " + url + " from DNS for " + service
                    + " has scheme mismatch with expected peer " + self);
        }
    }

    private InetSocketAddress resolved(Url url) throws DnsException {
        try {
            return new InetSocketAddress(hosts.find(url.host()), url.port());
        } catch (UnknownHostException e) {
            throw new DnsException("lookup " + url.host() + ": no such host", e);
        }
    }

    private static ConfigException failed(String why) {
        return new ConfigException("error setting up initial cluster: " + why);
    }
}
