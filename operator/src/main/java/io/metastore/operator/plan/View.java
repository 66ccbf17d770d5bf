package io.metastore.operator.plan;

import io.metastore.operator.member.Membership;
import io.metastore.operator.member.Membership.Peer;
import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.Role;
import io.metastore.operator.model.VolumeUse;
import io.metastore.operator.observe.Observed;
import io.metastore.operator.observe.ObservedPod;
import io.metastore.operator.observe.ObservedVolume;
import io.metastore.operator.spec.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A cluster that has a majority: what the members say, side by side with their Pods and volumes.
final class View {
    /// One member of the cluster that is ours.
    record Member(MemberName name, Peer peer, Optional<ObservedPod> pod, List<ObservedVolume> volumes, boolean leads) {
        Role role() {
            return peer.role();
        }

        boolean holdsData() {
            return peer.role() == Role.VOTER;
        }

        boolean isReady() {
            return pod.filter(found -> found.ready() && !found.terminating()).isPresent();
        }

        /// Counts for a majority that is to last.
        boolean isSound() {
            return peer.healthy() && isReady();
        }

        boolean isCordoned() {
            return pod.flatMap(ObservedPod::site)
                    .filter(ObservedPod.Site::cordoned)
                    .isPresent();
        }
    }

    final Wanted wanted;
    final Observed observed;
    final Membership membership;
    final List<Member> members;
    /// Members that are none of this cluster's Pods.
    final List<Peer> foreign;

    View(Wanted wanted, Observed observed, Membership membership) {
        this.wanted = wanted;
        this.observed = observed;
        this.membership = membership;
        var ours = new ArrayList<Member>();
        var others = new ArrayList<Peer>();
        for (var peer : membership.members()) {
            MemberName.parse(wanted.cluster(), peer.hostLabel())
                    .ifPresentOrElse(name -> ours.add(member(name, peer)), () -> others.add(peer));
        }
        ours.sort(Comparator.comparing(Member::name));
        this.members = List.copyOf(ours);
        this.foreign = List.copyOf(others);
    }

    private Member member(MemberName name, Peer peer) {
        boolean leads =
                membership.leaderId().isPresent() && membership.leaderId().getAsLong() == peer.id();
        return new Member(name, peer, observed.pod(name), observed.volumes(name), leads);
    }

    Stream<Member> of(Role role) {
        return members.stream().filter(member -> member.role() == role);
    }

    boolean contains(MemberName name) {
        return members.stream().anyMatch(member -> member.name().equals(name));
    }

    Optional<Member> leader() {
        return members.stream().filter(Member::leads).findFirst();
    }

    /// All that vote, whoever they belong to.
    int voters() {
        return (int) membership.members().stream()
                .filter(peer -> peer.role().votes())
                .count();
    }

    static int majority(int voters) {
        return voters / 2 + 1;
    }

    /// How many voters can be lost.
    int spare() {
        return voters() - majority(voters());
    }

    /// How many voters besides this one are sound; strangers count when the leader is content with them.
    int soundVotersBesides(MemberName name) {
        return (int) (members.stream()
                        .filter(member -> !member.name().equals(name))
                        .filter(member -> member.role().votes() && member.isSound())
                        .count()
                + foreign.stream()
                        .filter(peer -> peer.role().votes() && peer.healthy())
                        .count());
    }

    boolean soundDataBesides(MemberName name) {
        return members.stream()
                .anyMatch(member -> !member.name().equals(name) && member.holdsData() && member.isSound());
    }

    /// All volumes that such a member has are there and can be used.
    static boolean isWhole(Wanted wanted, Role role, List<ObservedVolume> volumes) {
        return missing(wanted, role, volumes).isEmpty();
    }

    static List<VolumeUse> missing(Wanted wanted, Role role, List<ObservedVolume> volumes) {
        return Arrays.stream(VolumeUse.values())
                .filter(use -> wanted.size(role, use).isPresent())
                .filter(use -> volumes.stream().noneMatch(volume -> volume.use() == use && volume.isUsable()))
                .toList();
    }

    boolean isWhole(Member member) {
        return isWhole(wanted, member.role(), member.volumes());
    }

    /// What it votes with is gone, or it was away for longer than the user wants to wait.
    boolean isLost(Member member) {
        return !isWhole(member) || (member.peer().started() && !member.isSound() && isAwayTooLong(member));
    }

    private boolean isAwayTooLong(Member member) {
        return wanted.care().replaceLostAfter().isPresent()
                && member.pod()
                        .filter(pod -> !pod.ready())
                        .map(ObservedPod::since)
                        .filter(since -> since.isBefore(
                                now().minus(wanted.care().replaceLostAfter().get())))
                        .isPresent();
    }

    Instant now() {
        return observed.now();
    }

    /// What a member without data must be told of the others.
    String joins() {
        var pairs = new TreeSet<String>();
        for (var peer : membership.members()) {
            var name = MemberName.parse(wanted.cluster(), peer.hostLabel())
                    .map(MemberName::text)
                    .orElseGet(() -> Long.toHexString(peer.id()));
            peer.peerUrls().forEach(url -> pairs.add(name + "=" + url));
        }
        return String.join(",", pairs);
    }

    /// Volumes of members that do not belong to the cluster (yet, or any more), each with its number.
    List<MemberName> strangersWithVolumes() {
        return observed.volumes().stream()
                .filter(volume -> !volume.retired() && !contains(volume.name()))
                .map(ObservedVolume::name)
                .distinct()
                .toList();
    }

    static String names(Stream<MemberName> names) {
        return names.map(MemberName::text).collect(Collectors.joining(", "));
    }
}
