package io.metastore.operator.testkit;

import io.metastore.operator.member.MemberException;
import io.metastore.operator.member.Members;
import io.metastore.operator.member.Membership;
import io.metastore.operator.member.Membership.Peer;
import io.metastore.operator.model.Role;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The members of one cluster, played: whoever is listed is well once it was started. They keep the
/// rules of real ones, as far as the operator may run into them: expected versions, one change at a
/// time.
public final class PlayedMembers implements Members {
    private final List<Peer> peers = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private long ids = 1;
    private long version = 1;
    private long leader;
    private boolean outOfSpace;

    /// The process of this member runs from now on. The first one founds the cluster.
    public synchronized void start(String name, String peerUrl) {
        if (peers.isEmpty()) {
            peers.add(peer(ids++, name, Role.VOTER, peerUrl, true));
            leader = peers.getFirst().id();
            return;
        }
        peers.replaceAll(
                peer -> peer.hostLabel().equals(name) ? peer(peer.id(), name, peer.role(), peerUrl, true) : peer);
    }

    /// It is silent, and the leader says so.
    public synchronized void stop(String name) {
        peers.replaceAll(peer -> peer.hostLabel().equals(name)
                ? new Peer(
                        peer.id(),
                        peer.name(),
                        peer.role(),
                        peer.peerUrls(),
                        peer.started(),
                        false,
                        peer.lag(),
                        Optional.empty())
                : peer);
    }

    public synchronized void fillUp() {
        outOfSpace = true;
    }

    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    public synchronized List<String> names(Role role) {
        return peers.stream()
                .filter(peer -> peer.role() == role)
                .map(Peer::hostLabel)
                .toList();
    }

    public synchronized String leader() {
        return peers.stream()
                .filter(peer -> peer.id() == leader)
                .map(Peer::hostLabel)
                .findFirst()
                .orElse("");
    }

    @Override
    public synchronized Membership membership(String address) throws MemberException {
        if (peers.isEmpty()) {
            throw new MemberException(address + ": nobody");
        }
        return new Membership(
                "cdf818194e3a8c32",
                OptionalLong.of(leader),
                1,
                String.valueOf(version),
                true,
                peers.stream()
                        .filter(peer -> !peer.started())
                        .map(Peer::hostLabel)
                        .findFirst(),
                peers);
    }

    @Override
    public synchronized boolean isOutOfSpace(String address) {
        return outOfSpace;
    }

    @Override
    public synchronized void add(String address, String peerUrl, Role role, String expected) throws MemberException {
        change("add " + label(peerUrl), expected);
        peers.add(peer(ids++, "", role, peerUrl, false));
    }

    @Override
    public synchronized void promote(String address, long id, String expected) throws MemberException {
        change("promote " + label(id), expected);
        peers.replaceAll(peer -> peer.id() == id
                ? peer(id, peer.name(), Role.VOTER, peer.peerUrls().getFirst(), true)
                : peer);
    }

    @Override
    public synchronized void remove(String address, long id, String expected) throws MemberException {
        change("remove " + label(id), expected);
        peers.removeIf(peer -> peer.id() == id);
    }

    @Override
    public synchronized void swap(String address, long out, long learner, String expected) throws MemberException {
        change("swap " + label(out) + " " + label(learner), expected);
        peers.removeIf(peer -> peer.id() == out);
        peers.replaceAll(peer -> peer.id() == learner
                ? peer(learner, peer.name(), Role.VOTER, peer.peerUrls().getFirst(), true)
                : peer);
    }

    @Override
    public synchronized void substitute(String address, long out, String peerUrl, String expected)
            throws MemberException {
        change("substitute " + label(out) + " " + label(peerUrl), expected);
        peers.removeIf(peer -> peer.id() == out);
        peers.add(peer(ids++, "", Role.WITNESS, peerUrl, false));
    }

    @Override
    public synchronized void moveLeader(String address, OptionalLong to) {
        leader = to.orElseThrow();
        calls.add("lead " + label(leader));
    }

    @Override
    public synchronized void prepareStop(String address, long id, boolean force) {
        calls.add("prepare " + label(id));
    }

    private void change(String call, String expected) throws MemberException {
        if (!expected.equals(String.valueOf(version))) {
            throw new MemberException("metastore: the members are not those that were expected");
        }
        calls.add(call);
        version++;
    }

    private String label(long id) {
        return peers.stream()
                .filter(peer -> peer.id() == id)
                .map(Peer::hostLabel)
                .findFirst()
                .orElse("");
    }

    private static String label(String url) {
        return URI.create(url).getHost().replaceAll("\\..*", "");
    }

    private static Peer peer(long id, String name, Role role, String url, boolean started) {
        return new Peer(
                id,
                name,
                role,
                List.of(url),
                started,
                started,
                started ? OptionalLong.of(0) : OptionalLong.empty(),
                Optional.empty());
    }
}
