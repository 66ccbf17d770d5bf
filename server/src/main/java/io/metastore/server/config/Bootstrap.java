package io.metastore.server.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The members that found a cluster. It counts only for a member without data; later the cluster itself knows
/// better.
///
/// @param members name to peer URLs, in the order of the names; each with one URL or more, sorted
/// @param token tells apart clusters that are founded at the same addresses
/// @param search how the founders are found, if they are not known: this member is the only one then
public record Bootstrap(SequencedMap<String, List<Url>> members, State state, String token, Optional<Search> search) {
    public static final String DEFAULT_TOKEN = "etcd-cluster";

    /// Whether the cluster is founded now or runs already.
    public enum State {
        NEW,
        EXISTING
    }

    public Bootstrap {
        var copy = new TreeMap<String, List<Url>>();
        members.forEach((name, urls) -> copy.put(name, sorted(urls)));
        members = Collections.unmodifiableSequencedMap(copy);
    }

    /// Founders that are known.
    public Bootstrap(SequencedMap<String, List<Url>> members, State state, String token) {
        this(members, state, token, Optional.empty());
    }

    /// A member that looks for the founders.
    ///
    /// @param self this member alone
    public static Bootstrap searching(Bootstrap self, Search search) {
        var token = switch (search) {
            case DiscoveryConfig service -> service.token();
            case DnsDiscovery _ -> self.token;
        };
        return new Bootstrap(self.members, self.state, token, Optional.of(search));
    }

    /// The same when the others were found: `members` are all.
    ///
    /// @throws ConfigException in etcd's words, when they come from a service and two of them have a URL
    public Bootstrap found(SequencedMap<String, List<Url>> all) {
        var found = new Bootstrap(all, state, token);
        boolean byService = search.filter(DiscoveryConfig.class::isInstance).isPresent();
        if (byService && found.hasDuplicates()) {
            throw new ConfigException("discovery cluster " + found + " has duplicate url");
        }
        return found;
    }

    /// Reads `name=url,name=url`; a name that comes twice has two URLs.
    ///
    /// @throws IllegalArgumentException when a URL is none; a name without URL is refused with etcd's words
    public static SequencedMap<String, List<Url>> parseMembers(String text) {
        var members = new LinkedHashMap<String, List<Url>>();
        for (var part : text.split(",", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            var name = equals < 0 ? part : part.substring(0, equals);
            var url = equals < 0 ? "" : part.substring(equals + 1);
            members.computeIfAbsent(name, _ -> new ArrayList<>()).add(Url.parse(url));
        }
        return members;
    }

    /// What etcd checks of a member that has no data yet, in etcd's words.
    ///
    /// @param hosts for URLs that are written in different ways
    /// @throws ConfigException when the member is not among the founders, or under other URLs than it advertises
    public void check(String name, List<Url> advertised, HostLookup hosts) {
        var own = members.get(name);
        if (own == null) {
            throw new ConfigException("couldn't find local name \"" + name + "\" in the initial cluster configuration");
        }
        if (state == State.NEW) {
            new SameUrls(hosts)
                    .difference(advertised, own)
                    .ifPresent(difference -> refuse(name, own, advertised, difference));
        }
        if (hasDuplicates()) {
            throw new ConfigException("initial cluster " + this + " has duplicate url");
        }
        if (all().map(Url::isSecure).distinct().count() > 1) {
            throw new ConfigException("initial cluster " + this
                    + " has http and https URLs: members that speak TLS and members that do not are not available yet"
                    + " in one cluster");
        }
    }

    private Stream<Url> all() {
        return members.values().stream().flatMap(List::stream);
    }

    private boolean hasDuplicates() {
        return all().distinct().count() != all().count();
    }

    private static void refuse(String name, List<Url> own, List<Url> advertised, String difference) {
        var unadvertised = own.stream().filter(url -> !advertised.contains(url)).toList();
        if (!unadvertised.isEmpty()) {
            throw new ConfigException("--initial-cluster has " + pairs(name, unadvertised)
                    + " but missing from --initial-advertise-peer-urls=" + joined(advertised) + " (" + difference
                    + ")");
        }
        var unknown = advertised.stream().filter(url -> !own.contains(url)).toList();
        // What is listed last is what the member advertises, in etcd too.
        throw new ConfigException("--initial-advertise-peer-urls has " + joined(unknown)
                + " but missing from --initial-cluster=" + pairs(name, advertised));
    }

    /// As etcd sorts URLs: by their text.
    static List<Url> sorted(Collection<Url> urls) {
        return urls.stream().sorted(Comparator.comparing(Url::toString)).toList();
    }

    private static String pairs(String name, List<Url> urls) {
        return urls.stream().map(url -> name + "=" + url).collect(Collectors.joining(","));
    }

    private static String joined(List<Url> urls) {
        return urls.stream().map(Url::toString).collect(Collectors.joining(","));
    }

    /// `name=url,name=url`, as `parseMembers` reads it.
    @Override
    public String toString() {
        return members.entrySet().stream()
                .map((Map.Entry<String, List<Url>> member) -> pairs(member.getKey(), member.getValue()))
                .collect(Collectors.joining(","));
    }
}
