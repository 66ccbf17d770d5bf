package io.metastore.operator.member;

import io.metastore.operator.model.Role;
import java.util.OptionalLong;

/// What is asked of members. `address` is host and port of one that serves clients.
///
/// Two live behind it: members that run, and those that tests play.
public interface Members {
    /// What it knows of all members.
    ///
    /// @throws MemberException when it does not answer within two seconds
    Membership membership(String address) throws MemberException;

    /// Whether a quota is full or a disk, anywhere.
    boolean isOutOfSpace(String address) throws MemberException;

    /// Adds a member that is started afterwards.
    void add(String address, String peerUrl, Role role, String expectedVersion) throws MemberException;

    void promote(String address, long id, String expectedVersion) throws MemberException;

    void remove(String address, long id, String expectedVersion) throws MemberException;

    /// One goes, and a learner votes in its place.
    void swap(String address, long out, long learner, String expectedVersion) throws MemberException;

    /// One goes, and one that is started afterwards comes.
    void substitute(String address, long out, String peerUrl, String expectedVersion) throws MemberException;

    /// Hands leadership over.
    ///
    /// @param to the one to lead, or whoever is best
    void moveLeader(String address, OptionalLong to) throws MemberException;

    /// Asks whether the others have a majority without this member, and has it hand leadership over.
    ///
    /// @param force do not refuse for want of a majority
    void prepareStop(String address, long id, boolean force) throws MemberException;
}
