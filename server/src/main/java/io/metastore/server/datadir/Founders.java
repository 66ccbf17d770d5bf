package io.metastore.server.datadir;

import io.metastore.server.config.Bootstrap;
import io.metastore.server.config.Url;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.MemberIds;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The members that found a cluster, with the ids that etcd would give them, so that each member can compute all of
/// them alone.
///
///     default=http://localhost:2380, token etcd-cluster   →  member 8e9e05c52164694d, cluster cdf818194e3a8c32
///
/// Source: `computeMemberID` and `genID` of etcd's package membership.
///
/// @param clusterId the same on all members
/// @param members in the order of their ids, unsigned
public record Founders(long clusterId, List<Founder> members) {
    /// One of them.
    ///
    /// @param peerUrls sorted, at least one
    public record Founder(MemberId id, String name, List<String> peerUrls) {}

    /// The order of the members does not matter; the token and every URL does.
    public static Founders of(Bootstrap bootstrap) {
        var members = bootstrap.members().entrySet().stream()
                .map(member -> founder(member.getKey(), member.getValue(), bootstrap.token()))
                .toList();
        return of(members);
    }

    /// Members whose ids are known.
    public static Founders of(List<Founder> founders) {
        var members = founders.stream()
                .sorted(Comparator.comparing(member -> member.id().number(), Long::compareUnsigned))
                .toList();
        var ids = ByteBuffer.allocate(members.size() * Long.BYTES);
        members.forEach(member -> ids.putLong(member.id().number()));
        return new Founders(MemberIds.firstBytes(ids.array()), members);
    }

    /// The founder with this name.
    public Optional<Founder> find(String name) {
        return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }

    /// The founder with this name.
    ///
    /// @throws IllegalArgumentException when there is none
    public Founder named(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no founder is named " + name));
    }

    private static Founder founder(String name, List<Url> urls, String token) {
        var texts = urls.stream().map(Url::toString).sorted().toList();
        return new Founder(MemberIds.founder(texts, token), name, texts);
    }
}
