package io.metastore.server.model;

import java.util.List;

/// A replica of the cluster.
///
/// @param name empty until the member has started once and told it
/// @param peerUrls where the other members reach it, sorted
/// @param clientUrls empty until it has started once, too
/// @param learner stores and serves, but does not vote
/// @param witness votes and keeps the log, but stores and serves nothing; it tells so when it starts
public record Member(
        MemberId id, String name, List<String> peerUrls, List<String> clientUrls, boolean learner, boolean witness) {
    public Member {
        peerUrls = List.copyOf(peerUrls);
        clientUrls = List.copyOf(clientUrls);
    }

    /// One that stores and serves.
    public Member(MemberId id, String name, List<String> peerUrls, List<String> clientUrls, boolean learner) {
        this(id, name, peerUrls, clientUrls, learner, false);
    }

    /// One that has not told anything about itself yet.
    public static Member unstarted(MemberId id, List<String> peerUrls, boolean learner) {
        return new Member(id, "", peerUrls, List.of(), learner);
    }

    /// The same member, to be started as a witness.
    public Member toBeWitness() {
        return new Member(id, name, peerUrls, clientUrls, learner, true);
    }

    /// Whether it has ever run: only then it has a name.
    public boolean isStarted() {
        return !name.isEmpty();
    }

    /// The member after it told about itself.
    public Member introduced(String itsName, List<String> itsClientUrls, boolean isWitness) {
        return new Member(id, itsName, peerUrls, itsClientUrls, learner, isWitness);
    }

    public Member reachedAt(List<String> newPeerUrls) {
        return new Member(id, name, newPeerUrls, clientUrls, learner, witness);
    }

    public Member promoted() {
        return new Member(id, name, peerUrls, clientUrls, false, witness);
    }
}
