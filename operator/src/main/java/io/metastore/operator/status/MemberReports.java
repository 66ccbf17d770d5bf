package io.metastore.operator.status;

import io.metastore.crds.MemberStatus;
import io.metastore.crds.MemberStatus.RaftState;
import io.metastore.operator.member.Membership;
import io.metastore.operator.member.Membership.Facts;
import io.metastore.operator.member.Membership.Peer;
import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.Role;
import io.metastore.operator.model.VolumeUse;
import io.metastore.operator.observe.Observed;
import io.metastore.operator.observe.ObservedPod;
import io.metastore.operator.spec.Wanted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Each member, whether it is known by its Pod, by the others, or by both.
final class MemberReports {
    private final Observed observed;
    private final Map<MemberName, Peer> peers = new TreeMap<>();

    MemberReports(Wanted wanted, Observed observed) {
        this.observed = observed;
        observed.membership().stream()
                .flatMap(known -> known.members().stream())
                .forEach(peer ->
                        MemberName.parse(wanted.cluster(), peer.hostLabel()).ifPresent(name -> peers.put(name, peer)));
    }

    List<MemberStatus> all() {
        var names = new TreeSet<>(peers.keySet());
        observed.pods().forEach(pod -> names.add(pod.name()));
        return names.stream().map(this::report).toList();
    }

    private MemberStatus report(MemberName name) {
        var peer = Optional.ofNullable(peers.get(name));
        var pod = observed.pod(name);
        var site = pod.flatMap(ObservedPod::site);
        return new MemberStatus(
                name.text(),
                name.serial(),
                peer.map(found -> Long.toHexString(found.id())).orElse(null),
                peer.map(found -> role(found.role())).orElse(null),
                peer.flatMap(this::state).orElse(null),
                pod.map(ObservedPod::ready).orElse(false),
                peer.map(Peer::healthy).orElse(false),
                peer.flatMap(Peer::facts).map(Facts::version).orElse(null),
                site.map(ObservedPod.Site::node).orElse(null),
                site.flatMap(ObservedPod.Site::zone).orElse(null),
                fact(peer, Facts::appliedIndex),
                peer.map(found -> boxed(found.lag())).orElse(null),
                fact(peer, Facts::dataBytes),
                fact(peer, Facts::logBytes),
                fact(peer, Facts::lastContactMillis),
                VolumeUse.DATA.claim(name),
                pod.map(ObservedPod::hash).orElse(null),
                null,
                pod.map(found -> found.since().toString()).orElse(null),
                pod.flatMap(ObservedPod::trouble).orElse(null));
    }

    private static @Nullable Long fact(Optional<Peer> peer, Function<Facts, OptionalLong> what) {
        return peer.flatMap(Peer::facts).map(what).map(MemberReports::boxed).orElse(null);
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private Optional<RaftState> state(Peer peer) {
        return observed.membership()
                .filter(Membership::isQuorate)
                .filter(_ -> peer.healthy())
                .map(known -> known.leaderId().orElse(0) == peer.id() ? RaftState.LEADER : RaftState.FOLLOWER);
    }

    private static MemberStatus.Role role(Role role) {
        return switch (role) {
            case VOTER -> MemberStatus.Role.VOTER;
            case LEARNER -> MemberStatus.Role.LEARNER;
            case WITNESS -> MemberStatus.Role.WITNESS;
        };
    }
}
