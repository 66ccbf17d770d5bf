package io.metastore.server.consensus;

/// Something that only the leader does. Calls come from one thread, in order, and must not block.
public interface LeaderDuty {
    /// This member leads and has applied everything earlier leaders committed. What is proposed through `proposer`
    /// takes effect only while this leadership lasts: after a change of leader it is refused with `LEADER_CHANGED`,
    /// even when it was already on its way.
    void begin(Proposer proposer);

    /// The leadership that began last is over. Called also when it had not begun.
    void end();
}
