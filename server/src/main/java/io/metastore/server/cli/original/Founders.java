package io.metastore.server.cli.original;

import io.metastore.server.config.ConfigException;
import io.metastore.server.config.Url;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Who this member is and who the others are. The original knows members by numbers: member N is the N-th in the list.
///
///     member_id: 2, cluster: http://a:1,http://b:2   →   name member-2, initial-cluster
/// member-1=http://a:1,member-2=http://b:2
///     member_id: 2, cluster: x=http://a:1,y=http://b:2   →   name y, initial-cluster x=http://a:1,y=http://b:2
final class Founders {
    private static final String LIST = "cluster";
    private static final String SELF = "member_id";

    private final Values values;
    private final Map<String, Url> members = new LinkedHashMap<>();

    /// @throws RuntimeException when they cannot be understood
    Founders(Values values) {
        this.values = values;
        values.texts(LIST).forEach(this::add);
        if (values.number(SELF) > members.size()) {
            throw values.entry(SELF)
                    .refused("member_id must be between 1 and " + members.size() + ", member N is the N-th in "
                            + values.entry(LIST).origin() + " (" + values.text(LIST) + ")");
        }
    }

    private void add(String text) {
        int equals = text.indexOf('=');
        var name = equals < 0 ? "member-" + (members.size() + 1) : text.substring(0, equals);
        var url = url(text.substring(equals + 1));
        if (name.isEmpty() || members.putIfAbsent(name, url) != null) {
            throw values.entry(LIST).refused("each member in cluster must have a name and place of its own");
        }
    }

    private Url url(String text) {
        try {
            var url = Url.parse(text);
            if (url.host().isEmpty()) {
                throw new IllegalArgumentException("a URL needs a host: " + text);
            }
            return url;
        } catch (IllegalArgumentException e) {
            throw values.entry(LIST)
                    .refused("cluster must be peer URLs, such as http://node1:2380,http://node2:2380 (" + e.getMessage()
                            + ")");
        }
    }

    /// Where the other members reach this one.
    Url own() {
        return members.values().stream()
                .skip(values.number(SELF) - 1)
                .findFirst()
                .orElseThrow();
    }

    List<Assignment> assignments() {
        var name = members.keySet().stream()
                .skip(values.number(SELF) - 1)
                .findFirst()
                .orElseThrow();
        var all = members.entrySet().stream()
                .map(member -> member.getKey() + "=" + member.getValue())
                .collect(Collectors.joining(","));
        var assignments = new ArrayList<Assignment>();
        assignments.add(values.assignFirmly("name", name, SELF));
        assignments.add(values.assignFirmly("initial-cluster", all, LIST));
        assignments.add(values.assignFirmly("initial-advertise-peer-urls", own().toString(), LIST));
        assignments.add(new Assignment(
                "listen-peer-urls", listen().toString(), values.entry(LIST).origin(), false));
        assignments.add(values.assignFirmly("initial-cluster-state", values.isOn("join") ? "existing" : "new", "join"));
        assignments.add(
                values.assignFirmly("initial-cluster-token", "metastore-" + values.number("cluster_id"), "cluster_id"));
        return assignments;
    }

    /// The original listens where its URL leads. A name may lead to an address that this machine does not have, or not
    /// yet: then it listens on all it has.
    private Url listen() {
        return Addresses.isBindable(own().host()) ? own() : new Url(own().isSecure(), Addresses.ALL, own().port());
    }

    /// What the original demands of its file.
    ///
    /// @throws ConfigException in the original's words
    static void require(Values values) {
        for (var path : List.of("cluster_id", SELF)) {
            if (!values.isSet(path)) {
                throw new ConfigException(path + " is required and must be non-zero");
            }
        }
    }
}
