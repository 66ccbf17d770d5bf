package io.metastore.server.config;

import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whether URLs lead to the same places: those of a member may be written with names in one setting and with addresses
/// in another.
///
///     http://10.0.0.1:2380   http://a.example.com:2380   the same, if that is the address of a.example.com
///     http://localhost:2380  http://127.0.0.1:2380       not the same, as in etcd
///
/// Source: `URLStringsEqual` of etcd's package netutil, also for the texts.
public final class SameUrls {
    private final HostLookup hosts;

    /// @param hosts asked only where the texts differ
    public SameUrls(HostLookup hosts) {
        this.hosts = hosts;
    }

    /// What tells the two apart; nothing if they are the same.
    public Optional<String> difference(List<Url> ones, List<Url> others) {
        if (ones.size() != others.size()) {
            return Optional.of("len(" + quoted(ones) + ") != len(" + quoted(others) + ")");
        }
        return Bootstrap.sorted(ones).equals(Bootstrap.sorted(others))
                ? Optional.empty()
                : differenceOfPlaces(ones, others);
    }

    private Optional<String> differenceOfPlaces(List<Url> ones, List<Url> others) {
        try {
            var places = places(ones);
            var otherPlaces = places(others);
            for (int i = 0; i < places.size(); i++) {
                if (!places.get(i).equals(otherPlaces.get(i))) {
                    return Optional.of("resolved urls: " + quoted(places.get(i)) + " != " + quoted(otherPlaces.get(i)));
                }
            }
            return Optional.empty();
        } catch (Unresolved e) {
            return Optional.of("failed to resolve " + quoted(e.url) + " (lookup " + e.url.host() + ": no such host)");
        }
    }

    private List<Url> places(List<Url> urls) throws Unresolved {
        var places = new ArrayList<Url>();
        for (var url : urls) {
            places.add(place(url));
        }
        return Bootstrap.sorted(places);
    }

    private Url place(Url url) throws Unresolved {
        if (url.host().equals("localhost")) {
            return url;
        }
        try {
            return new Url(url.isSecure(), hosts.find(url.host()).getHostAddress(), url.port());
        } catch (UnknownHostException e) {
            throw new Unresolved(url, e);
        }
    }

    private static String quoted(List<Url> urls) {
        return urls.stream().map(SameUrls::quoted).collect(Collectors.joining(" ", "[", "]"));
    }

    private static String quoted(Url url) {
        return '"' + url.toString() + '"';
    }

    /// A host has no address.
    private static final class Unresolved extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Url url;

        Unresolved(Url url, UnknownHostException cause) {
            super(cause);
            this.url = url;
        }
    }
}
