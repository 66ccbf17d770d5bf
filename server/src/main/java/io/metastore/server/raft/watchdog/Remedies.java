package io.metastore.server.raft.watchdog;

import org.apache.ratis.protocol.RaftPeerId;

/// What the watchdogs can do. None of these waits: what may block runs elsewhere.
public interface Remedies {
    /// Drops the connection to a peer and makes a new one.
    void kick(RaftPeerId peer);

    /// Gives up leadership, to nobody in particular.
    void stepDown();

    /// Hands leadership to the best other member.
    void transferLeadership();

    /// Has NOSPACE raised for this member, through the log.
    void raiseNoSpace();

    /// Has that ended, through the log.
    void endNoSpace();

    /// Ends the process in an orderly way, for it to be started anew.
    void exit(String why);

    /// Ends the process at once, without waiting for anything: the disk may not answer.
    void halt(String why);
}
