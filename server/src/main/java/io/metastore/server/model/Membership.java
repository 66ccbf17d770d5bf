package io.metastore.server.model;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Who belongs to the cluster, and who did and never will again.
///
/// @param members in the order of their ids, unsigned; none before the first configuration was applied
/// @param removed their ids are not used again
public record Membership(SortedMap<MemberId, Member> members, Set<MemberId> removed) {
    private static final Comparator<MemberId> ORDER = Comparator.comparing(MemberId::number, Long::compareUnsigned);

    public static final Membership NONE = new Membership(new TreeMap<>(ORDER), Set.of());

    public Membership {
        var sorted = new TreeMap<MemberId, Member>(ORDER);
        sorted.putAll(members);
        members = Collections.unmodifiableSortedMap(sorted);
        removed = Set.copyOf(removed);
    }

    public Optional<Member> find(MemberId member) {
        return Optional.ofNullable(members.get(member));
    }

    public List<Member> all() {
        return List.copyOf(members.values());
    }

    public List<Member> voters() {
        return members.values().stream().filter(member -> !member.learner()).toList();
    }

    /// What stands for all this; reads everything.
    public MembersVersion version() {
        return MembersVersion.of(this);
    }

    public boolean hasRemoved(MemberId member) {
        return removed.contains(member);
    }

    /// With a member more, or another one of the same id.
    public Membership with(Member member) {
        var more = new TreeMap<MemberId, Member>(ORDER);
        more.putAll(members);
        more.put(member.id(), member);
        var gone = new HashSet<>(removed);
        gone.remove(member.id());
        return new Membership(more, gone);
    }

    /// Without a member, which was removed for good.
    public Membership without(MemberId member) {
        var fewer = new TreeMap<MemberId, Member>(ORDER);
        fewer.putAll(members);
        fewer.remove(member);
        var gone = new HashSet<>(removed);
        gone.add(member);
        return new Membership(fewer, gone);
    }
}
